//! Vlasov dynamics on the line in two independent discretisations.
