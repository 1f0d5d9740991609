//! Makes the module smaller after gzip without touching what its functions do. Those that are equal
//! to the byte become one. Then they are put in another order, like beside like: most are copies of
//! one generic for different types, and gzip, which looks back 32 kB, finds the one in the other.
//! Names are dropped.

use std::collections::HashMap;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, CustomSectionReader, FunctionSectionReader, Parser, Payload};

/// Bytes of a piece of a function by which it is likened to others.
const PIECE: usize = 6;

/// Pieces that stand in more functions than these tell nothing.
const COMMON: usize = 400;

/// What a function shares with the last one counts so many times what it shares with the one before.
const FADE: f64 = 1.05;

/// Added to the lengths of functions, in bytes, so that not the smallest come first.
const SMALL: usize = 800;

/// The module with its functions in order, each once, and without names.
pub fn reorder(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = wasm.to_vec();
    loop {
        // Functions that call what has become one may have become equal by that.
        let functions = Functions::of(&module).context("the module cannot be read")?;
        let order = functions.each_once();
        if order.old.len() == functions.bodies.len() {
            return functions.by_likeness().write(&module);
        }
        module = order.write(&module)?;
    }
}

/// What a module says of its functions, imported ones aside.
struct Functions<'a> {
    imports: u32,
    types: Vec<u32>,
    bodies: Vec<&'a [u8]>,
}

/// Where functions go. Imports stay where they are, before all others.
struct Order {
    imports: u32,
    /// Old places, in the new order.
    old: Vec<usize>,
    /// New places, by the old one.
    new: Vec<u32>,
}

impl<'a> Functions<'a> {
    fn of(wasm: &'a [u8]) -> Result<Self> {
        let mut imports = 0;
        let mut types = Vec::new();
        let mut bodies: Vec<&[u8]> = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::FunctionSection(section) => {
                    types = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imports += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
                _ => {}
            }
        }
        Ok(Functions {
            imports,
            types,
            bodies,
        })
    }

    /// Each after those before it that it shares most pieces with for its length.
    fn by_likeness(&self) -> Order {
        let (pieces, holders) = self.pieces();
        let mut left: Vec<usize> = (0..self.bodies.len()).collect();
        let mut old = Vec::new();
        let mut scores = vec![0.0; left.len()];
        let mut weight = 1.0;
        while !left.is_empty() {
            let score = |other: usize| scores[other] / (self.bodies[other].len() + SMALL) as f64;
            let mut best = 0;
            for (place, other) in left.iter().enumerate() {
                if score(*other) > score(left[best]) {
                    best = place;
                }
            }
            let last = left.remove(best);
            old.push(last);
            weight *= FADE;
            for piece in &pieces[last] {
                let holders = &holders[*piece];
                let rare = weight / (holders.len() as f64).sqrt();
                holders.iter().for_each(|holder| scores[*holder] += rare);
            }
            if weight > 1e100 {
                scores.iter_mut().for_each(|score| *score /= weight);
                weight = 1.0;
            }
        }
        let mut new = vec![0; old.len()];
        for (to, from) in (0..).zip(&old) {
            new[*from] = to;
        }
        Order {
            imports: self.imports,
            old,
            new,
        }
    }

    /// The pieces of each function that stand in another too, and who holds each piece.
    fn pieces(&self) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
        let mut by_piece: HashMap<&[u8], Vec<usize>> = HashMap::new();
        for (place, body) in self.bodies.iter().enumerate() {
            for piece in body.windows(PIECE) {
                let holders = by_piece.entry(piece).or_default();
                if holders.last() != Some(&place) {
                    holders.push(place);
                }
            }
        }
        let mut pieces = vec![Vec::new(); self.bodies.len()];
        let shared = by_piece.into_values();
        let mut holders: Vec<_> = shared
            .filter(|holders| (2..=COMMON).contains(&holders.len()))
            .collect();
        // Sums of floats must come in one order, for the module to be the same each time.
        holders.sort_unstable();
        for (piece, holders) in holders.iter().enumerate() {
            for holder in holders {
                pieces[*holder].push(piece);
            }
        }
        (pieces, holders)
    }

    /// As they stand, without those that are equal to an earlier one.
    fn each_once(&self) -> Order {
        let mut first = HashMap::new();
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for (place, function) in self.types.iter().zip(&self.bodies).enumerate() {
            let to = *first.entry(function).or_insert_with(|| {
                old.push(place);
                old.len() as u32 - 1
            });
            new.push(to);
        }
        Order {
            imports: self.imports,
            old,
            new,
        }
    }
}

impl Order {
    fn write(mut self, wasm: &[u8]) -> Result<Vec<u8>> {
        let mut module = Module::new();
        self.parse_core_module(&mut module, Parser::new(0), wasm)
            .map_err(|error| anyhow!("the module cannot be written anew: {error}"))?;
        Ok(module.finish())
    }
}

impl Reencode for Order {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        let place = function.checked_sub(self.imports);
        let new = place.and_then(|place| self.new.get(place as usize));
        Ok(new.map_or(function, |place| self.imports + place))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for old in self.old.clone() {
            if let Some(of) = types.get(old) {
                let of = self.type_index(*of)?;
                functions.function(of);
            }
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for old in self.old.clone() {
            if let Some(body) = bodies.get(old) {
                self.parse_function_body(code, body.clone())?;
            }
        }
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        _module: &mut Module,
        _section: CustomSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        Ok(())
    }
}
