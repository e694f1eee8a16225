//! The same bits whatever the number of threads.

#![allow(clippy::unwrap_used)]

use experiments::facade::Tier;
use experiments::laboratory::{Laboratory, Plan, rates};
use experiments::progress::Silent;
use experiments::record::{Rate, Row};
use experiments::scenario::Quantity;
use experiments::trial;
use rayon::ThreadPoolBuilder;

const QUANTITIES: [Quantity; 5] = [
    Quantity::Trace,
    Quantity::HilbertSchmidt,
    Quantity::WignerL1,
    Quantity::DensityL1,
    Quantity::Observables,
];

/// Everything of a ladder that a document keeps.
#[derive(Debug, PartialEq)]
struct Kept {
    rows: Vec<Row>,
    rates: Vec<Rate>,
    maps: Vec<Vec<u64>>,
    portraits: Vec<Vec<u64>>,
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|v| v.to_bits()).collect()
}

fn kept(threads: usize) -> Kept {
    let plan = Plan {
        epsilon: vec![0.125, 0.0625, 0.03125, 0.015625],
        trace_down_to: 0.03125,
        times: vec![0.25, 0.5],
        observables: true,
    };
    let trial = trial::repulsive().unwrap();
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let ladder =
        pool.install(|| Laboratory::new(Tier::Quick, &Silent::default()).ladder_on(&trial, &plan)).unwrap();
    let rows: Vec<Row> = QUANTITIES.iter().flat_map(|&q| ladder.rows(q)).collect();
    let pairs = ladder.rungs.iter().flat_map(|rung| &rung.times);
    Kept {
        rates: rates(&rows),
        rows,
        maps: pairs.flat_map(|pair| &pair.observables).map(|map| bits(&map.modulus)).collect(),
        portraits: ladder.coarsest.iter().map(|pair| bits(pair.difference.values())).collect(),
    }
}

#[test]
fn one_two_and_three_threads_give_the_same_bits() {
    let one = kept(1);
    // 2 times, 4 quantities on 4 rungs, the trace on 3
    assert_eq!(one.rows.len(), 2 * (4 * 4 + 3));
    assert!(one.rows.iter().all(|r| r.value > 0.0 && r.resolved), "{:?}", one.rows);
    for threads in [2, 3] {
        let many = kept(threads);
        for (a, b) in one.rows.iter().zip(&many.rows) {
            let same = a.value.to_bits() == b.value.to_bits() && a.error.to_bits() == b.error.to_bits();
            assert!(same, "{threads} threads: {a:?} against {b:?}");
        }
        assert_eq!(one, many, "{threads} threads");
    }
}
