//! Four doubles at a time: AVX2 with fused multiply-add where the processor has it, plain arrays elsewhere.

/// Four doubles.
pub trait Lanes: Copy {
    /// All four equal.
    fn splat(a: f64) -> Self;
    /// From memory.
    fn load(a: &[f64; 4]) -> Self;
    /// To memory.
    fn store(self, a: &mut [f64; 4]);
    /// self·b.
    fn mul(self, b: Self) -> Self;
    /// self·b + c.
    fn mul_add(self, b: Self, c: Self) -> Self;
    /// c − self·b.
    fn mul_sub_from(self, b: Self, c: Self) -> Self;
    /// (Σa₀, Σa₁, Σa₂, Σa₃): the sums of the four lanes of each, in one fixed order.
    fn sums(a: [Self; 4]) -> Self;
}

/// The portable form; its products are rounded before they are added.
#[derive(Clone, Copy)]
pub struct Portable([f64; 4]);

impl Lanes for Portable {
    #[inline(always)]
    fn splat(a: f64) -> Self {
        Self([a; 4])
    }
    #[inline(always)]
    fn load(a: &[f64; 4]) -> Self {
        Self(*a)
    }
    #[inline(always)]
    fn store(self, a: &mut [f64; 4]) {
        *a = self.0;
    }
    #[inline(always)]
    fn mul(self, b: Self) -> Self {
        Self(std::array::from_fn(|k| self.0[k] * b.0[k]))
    }
    #[inline(always)]
    fn mul_add(self, b: Self, c: Self) -> Self {
        Self(std::array::from_fn(|k| self.0[k] * b.0[k] + c.0[k]))
    }
    #[inline(always)]
    fn mul_sub_from(self, b: Self, c: Self) -> Self {
        Self(std::array::from_fn(|k| c.0[k] - self.0[k] * b.0[k]))
    }
    #[inline(always)]
    fn sums(a: [Self; 4]) -> Self {
        Self(a.map(|a| (a.0[0] + a.0[1]) + (a.0[2] + a.0[3])))
    }
}

#[cfg(target_arch = "x86_64")]
pub use avx2::Avx2;

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m256d, _mm256_add_pd, _mm256_blend_pd, _mm256_fmadd_pd, _mm256_fnmadd_pd, _mm256_hadd_pd,
        _mm256_loadu_pd, _mm256_mul_pd, _mm256_permute2f128_pd, _mm256_set1_pd, _mm256_storeu_pd,
    };

    /// One AVX2 register.
    ///
    /// SAFETY of every method: values of this type are made and used below the one function of the parent module that
    /// is compiled for AVX2 and FMA and entered after both were detected; loads and stores go through references to
    /// four doubles.
    #[derive(Clone, Copy)]
    pub struct Avx2(__m256d);

    impl super::Lanes for Avx2 {
        #[inline(always)]
        fn splat(a: f64) -> Self {
            // SAFETY: as said at the type.
            Self(unsafe { _mm256_set1_pd(a) })
        }
        #[inline(always)]
        fn load(a: &[f64; 4]) -> Self {
            // SAFETY: as said at the type.
            Self(unsafe { _mm256_loadu_pd(a.as_ptr()) })
        }
        #[inline(always)]
        fn store(self, a: &mut [f64; 4]) {
            // SAFETY: as said at the type.
            unsafe { _mm256_storeu_pd(a.as_mut_ptr(), self.0) }
        }
        #[inline(always)]
        fn mul(self, b: Self) -> Self {
            // SAFETY: as said at the type.
            Self(unsafe { _mm256_mul_pd(self.0, b.0) })
        }
        #[inline(always)]
        fn mul_add(self, b: Self, c: Self) -> Self {
            // SAFETY: as said at the type.
            Self(unsafe { _mm256_fmadd_pd(self.0, b.0, c.0) })
        }
        #[inline(always)]
        fn mul_sub_from(self, b: Self, c: Self) -> Self {
            // SAFETY: as said at the type.
            Self(unsafe { _mm256_fnmadd_pd(self.0, b.0, c.0) })
        }
        #[inline(always)]
        fn sums([a, b, c, d]: [Self; 4]) -> Self {
            // SAFETY: as said at the type.
            unsafe {
                let ab = _mm256_hadd_pd(a.0, b.0); // a01 b01 a23 b23
                let cd = _mm256_hadd_pd(c.0, d.0); // c01 d01 c23 d23
                let crossed = _mm256_permute2f128_pd(ab, cd, 0x21); // a23 b23 c01 d01
                let kept = _mm256_blend_pd(ab, cd, 0b1100); // a01 b01 c23 d23
                Self(_mm256_add_pd(crossed, kept))
            }
        }
    }
}
