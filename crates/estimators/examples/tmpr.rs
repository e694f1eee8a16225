use std::sync::Arc; use std::time::Instant;
use semiclassical_estimators::radial::*;
fn main(){
 let n:usize=std::env::args().nth(1).unwrap().parse().unwrap();
 let v=Arc::new(kernels::Gaussian::new(1.0,1.0).unwrap());
 let r=match std::env::args().nth(2).as_deref() { Some("g")=>Release::new(v,Preparation::GroundState{s:1.0}), _=>Release::new(v,Preparation::ClosedShells{s:1.0})};
 let t=Instant::now();
 let m=r.climb(&[n],&[0.25,0.5,1.0],|_|true).unwrap(); println!("measure {:?} {:?}",t.elapsed(),m[0].1.iter().map(|m|m.weighted_sup).collect::<Vec<_>>());
}
