//! The flow from t back to 0 as a composition of drifts and kicks, for many characteristics at a time.

use super::history::Polynomial;
use crate::polynomial::{polynomial, polynomial_with_derivatives};

/// Characteristics in their planes: x = (x, y), v = (p, q), in structure-of-arrays form.
#[derive(Default)]
pub(super) struct Batch {
    x: Vec<f64>,
    y: Vec<f64>,
    p: Vec<f64>,
    q: Vec<f64>,
}

impl Batch {
    /// x = (r, 0), v = (v_r, v_t).
    pub(super) fn push(&mut self, r: f64, v_r: f64, v_t: f64) {
        self.x.push(r);
        self.y.push(0.0);
        self.p.push(v_r);
        self.q.push(v_t);
    }

    pub(super) fn clear(&mut self) {
        for component in [&mut self.x, &mut self.y, &mut self.p, &mut self.q] {
            component.clear();
        }
    }

    /// (r, v_r, v_t), i-th characteristic; at r = 0 all of v is v_r.
    pub(super) fn invariants(&self, i: usize) -> (f64, f64, f64) {
        let (x, y, p, q) = (self.x[i], self.y[i], self.p[i], self.q[i]);
        let r = (x * x + y * y).sqrt();
        if r == 0.0 {
            (0.0, (p * p + q * q).sqrt(), 0.0)
        } else {
            (r, (x * p + y * q) / r, (x * q - y * p).abs() / r)
        }
    }

    fn drift(&mut self, tau: f64) {
        for (x, p) in self.x.iter_mut().zip(&self.p) {
            *x += tau * p;
        }
        for (y, q) in self.y.iter_mut().zip(&self.q) {
            *y += tau * q;
        }
    }

    /// v ↦ v + f(|x|)x.
    fn kick(&mut self, field: &LocalField) {
        let (x, y) = (&self.x, &self.y);
        for i in 0..x.len() {
            let f = field.at((x[i] * x[i] + y[i] * y[i]).sqrt());
            self.p[i] += f * x[i];
            self.q[i] += f * y[i];
        }
    }
}

/// f(r), a polynomial in each cell; beyond the last cell its value at the end.
pub(super) struct LocalField {
    pub inverse_width: f64,
    /// In s ∈ [−1, 1], cell by cell; there is at least one.
    pub cells: Vec<Polynomial>,
}

impl LocalField {
    /// f(r).
    pub(super) fn at(&self, r: f64) -> f64 {
        let (cell, s) = self.place(r);
        polynomial(cell, s)
    }

    /// f, f′, f″ at r.
    pub(super) fn with_derivatives(&self, r: f64) -> [f64; 3] {
        let (cell, s) = self.place(r);
        let [f, first, second] = polynomial_with_derivatives(cell, s);
        let slope = 2.0 * self.inverse_width;
        [f, slope * first, slope * slope * second]
    }

    fn place(&self, r: f64) -> (&Polynomial, f64) {
        let u = (r * self.inverse_width).min(self.cells.len() as f64);
        let cell = (u as usize).min(self.cells.len() - 1);
        (&self.cells[cell], 2.0 * (u - cell as f64) - 1.0)
    }
}

/// A stage with its signed length in it.
pub(super) enum Leg {
    Drift(f64),
    Kick(LocalField),
}

/// The stages from t back to an earlier time.
pub(super) struct Path {
    pub legs: Vec<Leg>,
}

impl Path {
    /// (X,V) at t ↦ the same at the earlier time, for every characteristic of the batch.
    pub(super) fn back(&self, batch: &mut Batch) {
        for leg in &self.legs {
            match leg {
                Leg::Drift(tau) => batch.drift(*tau),
                Leg::Kick(field) => batch.kick(field),
            }
        }
    }
}
