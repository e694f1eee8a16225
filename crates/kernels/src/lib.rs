//! Interactions V as data and their mean fields V∗ρ.
