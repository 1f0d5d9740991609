//! Makes the module smaller after gzip without touching what its functions do. They are put in
//! another order: those of one name, which are copies of one generic for different types, side by
//! side, so that gzip finds the one in the other. Then those that are equal to the byte become one.
//! Names are dropped.

use std::collections::HashMap;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, FunctionSectionReader, KnownCustom, Name, Parser,
    Payload,
};

/// The module with its functions in order, each once, and without names.
pub fn reorder(wasm: &[u8]) -> Result<Vec<u8>> {
    let functions = Functions::of(wasm).context("the module cannot be read")?;
    let mut module = functions.by_name().write(wasm)?;
    loop {
        // Functions that call what has become one may have become equal by that.
        let functions = Functions::of(&module)?;
        let order = functions.each_once();
        if order.old.len() == functions.bodies.len() {
            return Ok(module);
        }
        module = order.write(&module)?;
    }
}

/// What a module says of its functions, imported ones aside.
struct Functions<'a> {
    imports: u32,
    types: Vec<u32>,
    bodies: Vec<&'a [u8]>,
    /// By index, imports included.
    names: HashMap<u32, &'a str>,
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
        let mut names = HashMap::new();
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
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(section) = section.as_known() {
                        for subsection in section {
                            let Name::Function(map) = subsection? else {
                                continue;
                            };
                            for naming in map {
                                let naming = naming?;
                                names.insert(naming.index, generic(naming.name));
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(Functions {
            imports,
            types,
            bodies,
            names,
        })
    }

    /// All of them, by name.
    fn by_name(&self) -> Order {
        let name = |place: usize| self.names.get(&(self.imports + place as u32)).copied();
        let mut old: Vec<usize> = (0..self.bodies.len()).collect();
        old.sort_by(|a, b| {
            let by_name = name(*a).cmp(&name(*b));
            by_name.then_with(|| self.bodies.get(*a).cmp(&self.bodies.get(*b)))
        });
        let mut new = vec![0; old.len()];
        for (to, from) in (0..).zip(&old) {
            if let Some(place) = new.get_mut(*from) {
                *place = to;
            }
        }
        Order {
            imports: self.imports,
            old,
            new,
        }
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

/// A symbol without the hash that tells copies of one generic apart.
fn generic(symbol: &str) -> &str {
    match symbol.rfind("17h") {
        Some(hash) => symbol.get(..hash).unwrap_or(symbol),
        None => symbol,
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
