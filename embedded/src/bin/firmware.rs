//! Runs the five functions on a Cortex-M4, and says how much stack each takes: `cargo run --release --target
//! thumbv7em-none-eabihf` starts it under QEMU.

#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(not(target_os = "none"))]
fn main() {
    eprintln!("a firmware: build it for thumbv7em-none-eabihf");
}

#[cfg(target_os = "none")]
mod board {
    use core::hint::black_box;

    use cortex_m_rt::entry;
    use cortex_m_semihosting::{debug, hprintln};
    use emvqr_pos::*;

    unsafe extern "C" {
        static mut __sheap: u32;
    }

    const MARK: u32 = 0xC0DE_F00D;

    /// How many bytes of stack a job takes: what is below the stack pointer is marked before, and looked at after it.
    #[inline(never)]
    fn stack(job: fn()) -> usize {
        let here = cortex_m::register::msp::read() as usize;
        let bottom = &raw mut __sheap;
        let words = (here - 64 - bottom as usize) / 4;
        for word in 0..words {
            // SAFETY: between the end of the data and the stack pointer nothing is kept.
            unsafe { bottom.add(word).write_volatile(MARK) };
        }
        job();
        // SAFETY: as above.
        let untouched = (0..words).take_while(|word| unsafe { bottom.add(*word).read_volatile() } == MARK).count();
        here - bottom as usize - untouched * 4
    }

    fn must(holds: bool, what: &str) {
        if !holds {
            hprintln!("wrong: {}", what);
            debug::exit(debug::EXIT_FAILURE);
        }
    }

    /// From `README.md` and the crate's documentation: `Code::parse` takes it.
    const KHQR_CODE: &str =
        "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80F";
    const NOW: u64 = 1_750_000_000_000;

    fn parse() {
        let mut offset = 0;
        let length = unsafe { emvqr_value(black_box(KHQR_CODE).into(), "29-00".into(), &mut offset) };
        must(length == 15 && KHQR_CODE.get(offset..offset + 15) == Some("john_smith@devb"), "the value of 29-00");
    }

    #[allow(clippy::nonminimal_bool, reason = "by feature")]
    fn judge() {
        let mut finding = Finding::default();
        let scheme = unsafe { emvqr_judge(black_box(KHQR_CODE).into(), NOW, &mut finding) };
        let expected = if cfg!(feature = "khqr") { KHQR } else { EMVCO };
        must(scheme == i32::from(expected) && finding == Finding::default(), "a sound code");
        // One digit of the CRC is another.
        let broken = "00020101021129190015john_smith@devb5204599953031165802KH5910John Smith6010PHNOM PENH6304E80E";
        let scheme = unsafe { emvqr_judge(black_box(broken).into(), NOW, &mut finding) };
        must(scheme == -1 && finding.number == 11 && finding.root == 63, "a wrong CRC");
    }

    #[cfg(all(feature = "write", feature = "khqr"))]
    fn write_khqr() {
        let mut bytes = [0; 256];
        let buffer = Buffer { bytes: bytes.as_mut_ptr(), size: bytes.len() };
        let length = unsafe { emvqr_write_khqr("coffee@devb".into(), "Coffee".into(), 840, 150, NOW, 10, buffer) };
        must(length > 0, "a code is written");
        let text = bytes.get(..usize::try_from(length).unwrap_or_default()).unwrap_or_default();
        must(text.starts_with(b"00020101021229150011coffee@devb"), "its beginning");
        let refused = unsafe { emvqr_write_khqr("coffee".into(), "Coffee".into(), 840, 150, NOW, 10, buffer) };
        // khqr.account.format
        must(refused == -210, "an account without a bank");
    }

    #[cfg(all(feature = "write", feature = "jpqr"))]
    fn write_jpqr() {
        let mut bytes = [0; 256];
        let buffer = Buffer { bytes: bytes.as_mut_ptr(), size: bytes.len() };
        let store = Store {
            store_id: "00000000000010001000001000001".into(),
            category: 5812,
            name: "TEST SHOP".into(),
            city: "TOKYO".into(),
            postal_code: "1066143".into(),
            local_name: "テスト商店".into(),
        };
        let length = unsafe { emvqr_write_jpqr(&store, 500, buffer) };
        must(length > 0, "a code is written");
        let mut finding = Finding::default();
        let written = bytes.get(..usize::try_from(length).unwrap_or_default()).unwrap_or_default();
        let text = core::str::from_utf8(written).unwrap_or_default();
        // SAFETY: the buffer outlives the call.
        let text: &'static str = unsafe { core::mem::transmute(text) };
        let scheme = unsafe { emvqr_judge(text.into(), NOW, &mut finding) };
        must(scheme == i32::from(JPQR) && finding == Finding::default(), "it is read back");
    }

    #[cfg(feature = "bill")]
    fn bill() {
        // Composed as the tests of the library compose theirs.
        const BILL: &str = include_str!("../../../tests/vectors/bill.txt");
        let mut finding = Finding::default();
        let text = black_box(BILL.trim_end());
        // 2026-07-31, the last day, and the day behind it.
        let yen = unsafe { emvqr_bill(text.into(), 1_785_456_000_000, &mut finding) };
        must(yen == 12_300 && finding == Finding::default(), "a sound bill");
        let yen = unsafe { emvqr_bill(text.into(), 1_785_542_400_000, &mut finding) };
        // jpqr-bill.62.expired
        must(yen == -1 && finding.number == 413, "a bill that has expired");
    }

    #[entry]
    fn main() -> ! {
        let jobs: &[(&str, fn())] = &[
            ("parse and find", parse),
            ("judge", judge),
            #[cfg(all(feature = "write", feature = "khqr"))]
            ("write KHQR", write_khqr),
            #[cfg(all(feature = "write", feature = "jpqr"))]
            ("write JPQR", write_jpqr),
            #[cfg(feature = "bill")]
            ("bill", bill),
        ];
        for (name, job) in jobs {
            hprintln!("{}: stack {}", name, stack(*job));
        }
        hprintln!("done");
        debug::exit(debug::EXIT_SUCCESS);
        loop {
            cortex_m::asm::wfi();
        }
    }
}
