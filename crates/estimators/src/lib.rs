//! What is measured on a pair (ω, ω̃): distances, observables, error budgets, rates and verdicts.
