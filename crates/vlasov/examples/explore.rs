#![allow(clippy::unwrap_used, missing_docs)]
use kernels::*;
use semiclassical_vlasov::radial::*;
use states::radial::*;
fn main() {
    let state = CenteredMixture::two_widths().unwrap();
    let t = 1.0;
    let v = NoInteraction;
    for (shells, angles) in [(20,20),(16, 12), (20,12)] {
    let domain = Domain::covering(state.reach(t, 1e-12), state.speed(1e-14), 0.4);
    let w = |r: f64, p: f64, q: f64| state.wigner(r, p, q);
    let s = RadialVlasov::solve(w, &v, &domain, t, Settings { shells, angles, steps:1, nodes:5, ..Settings::default() }).unwrap();
    let rho = s.density(t);
    for j in 0..domain.points {
        let r = domain.point(j);
        let exact: f64 = state.components().iter().map(|c| { let d = (c.sigma_x*(1.0+2.0*t*c.chirp)).hypot(2.0*t*c.sigma_v); c.weight*(-0.5*(r/d)*(r/d)).exp()/((2.0*std::f64::consts::PI).sqrt()*d).powi(3) }).sum();
        println!("{r:.2} {exact:.3e} {:.2e}", rho[j]/exact-1.0);
    }
    println!("{:?}", s.residuals());
    }
}
