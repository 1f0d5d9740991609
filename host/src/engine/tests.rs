//! Calls that never end, eat memory, fail or lie, on a module made for it.

use std::sync::atomic::{AtomicU32, Ordering};

use okaeri_protocol::request::{Ask, Call, Question};
use tempfile::TempDir;

use super::warm::{Holds, Resident, Warm};
use super::*;
use crate::failure::CutOff;

/// Answers `done`, unless the customer asked for is named after something worse.
const MODULE: &str = r#"(module
  (import "glue" "of_the_browser" (func $glue))
  (memory (export "memory") 1)
  (data (i32.const 16) "\23\00\00\00{\"answer\":{\"is\":\"done\"},\"notes\":[]}")
  (data (i32.const 64) "\ff\00\00\00{}")
  (func (export "okaeri_abi") (result i32) (i32.const ABI))
  (func (export "okaeri_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "okaeri_free") (param i32 i32))
  (func $deep (call $deep))
  (func (export "okaeri_call") (param $at i32) (param $length i32) (result i64)
    (local $what i32)
    (local.set $what
      (i32.load8_u (i32.sub (i32.add (local.get $at) (local.get $length)) (i32.const 4))))
    (if (i32.eq (local.get $what) (i32.const 108)) (then (loop $for_ever (br $for_ever))))
    (if (i32.eq (local.get $what) (i32.const 103)) (then (loop $more
      (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1))) (unreachable))))
    (if (i32.eq (local.get $what) (i32.const 116)) (then (unreachable)))
    (if (i32.eq (local.get $what) (i32.const 100)) (then (call $deep)))
    (if (i32.eq (local.get $what) (i32.const 105)) (then (call $glue)))
    (if (i32.eq (local.get $what) (i32.const 112)) (then (return (i64.const -1))))
    (if (i32.eq (local.get $what) (i32.const 102)) (then (return (i64.const 0x4000000006))))
    (i64.const 0x1000000027)))"#;

fn start(abi: &str) -> anyhow::Result<(Engine, TempDir)> {
    let folder = tempfile::tempdir()?;
    let wasm = wat::parse_str(MODULE.replace("ABI", abi))?;
    Ok((Engine::of(&wasm, folder.path(), 16)?, folder))
}

fn ask(engine: &Engine, name: &str) -> Result<(), Failure> {
    let as_of = chrono::NaiveDate::default();
    let key = name.to_owned();
    let call = Call::Ask(Box::new(Ask::new(
        as_of,
        Question::Customer { key, brief: false },
    )));
    engine
        .instance()?
        .call(&call, &[], Duration::from_millis(50))
        .map(|_| ())
}

#[test]
fn a_bad_call_is_cut_off_and_the_next_one_works() -> anyhow::Result<()> {
    let (engine, _folder) = start("1")?;
    let cut_off = |name: &str| match ask(&engine, name) {
        Err(Failure::CutOff(why)) => Some(why),
        _ => None,
    };
    for round in 0..100 {
        assert!(ask(&engine, "x").is_ok());
        assert!(
            matches!(cut_off("t"), Some(CutOff::Trap(_))),
            "round {round}"
        );
    }
    assert_eq!(cut_off("l"), Some(CutOff::Time));
    assert_eq!(cut_off("g"), Some(CutOff::Memory));
    for name in ["d", "i", "p"] {
        assert!(matches!(cut_off(name), Some(CutOff::Trap(_))), "{name}");
    }
    assert!(
        matches!(ask(&engine, "f"), Err(Failure::Broken(_))),
        "a frame that lies"
    );
    assert!(ask(&engine, "x").is_ok());
    Ok(())
}

#[test]
fn a_module_of_another_version_is_refused() {
    let error = start("2")
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default();
    assert!(
        error.contains("version 2") && error.contains("version 1"),
        "{error}"
    );
    let folder = tempfile::tempdir().map_err(anyhow::Error::from);
    let other = folder.and_then(|folder| Engine::of(b"\0asm\x01\0\0\0", folder.path(), 16));
    assert!(other.is_err_and(|error| error.to_string().contains("not Okaeri's")));
}

#[tokio::test]
async fn the_shops_used_longest_ago_are_dropped_first() -> anyhow::Result<()> {
    let (engine, _folder) = start("1")?;
    let warm = Warm::new(100);
    let made = AtomicU32::new(0);
    let use_one = async |shop: &str| -> anyhow::Result<()> {
        let mut place = warm.turn(shop).await;
        if place.resident.is_none() {
            made.fetch_add(1, Ordering::Relaxed);
            place.resident = Some(Resident {
                holds: Holds::Whole(engine.instance()?),
                version: 1,
                seq: 0,
                rows: 0,
            });
        }
        warm.weigh(shop, (40, 1));
        Ok(())
    };
    let count = || made.load(Ordering::Relaxed);
    use_one("a").await?;
    use_one("b").await?;
    use_one("a").await?;
    assert_eq!((count(), warm.bytes()), (2, 80));
    use_one("c").await?;
    assert_eq!((count(), warm.bytes()), (3, 80), "b made room");
    use_one("a").await?;
    assert_eq!(count(), 3);
    // A shop in use is never dropped, even over the budget.
    let held = warm.turn("c").await;
    use_one("b").await?;
    use_one("d").await?;
    assert!(held.resident.is_some());
    assert_eq!(count(), 5);
    Ok(())
}
