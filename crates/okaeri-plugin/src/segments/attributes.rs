//! The table of attributes as an answer, so that nobody needs a copy of it.

use okaeri_core::segment::Names;
use okaeri_core::segment::attributes::{
    ATTRIBUTES, Attribute, Choice, Dictionary, Parameter, Type, YEAR_BOUNDS, YEARS,
};
use okaeri_core::segment::operators::{Family, OPERATORS, Operator, operators};
use okaeri_protocol::answer::Answer;
use okaeri_protocol::segment::{
    Bilingual, SegmentAttribute, SegmentAttributes, SegmentChoice, SegmentOperator,
    SegmentParameter, SegmentTakes, SegmentType, SegmentValues,
};

use crate::instance::Answered;

/// All that a segment can ask for in a shop with these names.
pub fn attributes(names: &Names) -> Answered {
    let attributes = SegmentAttributes {
        attributes: ATTRIBUTES.iter().map(|one| attribute(one, names)).collect(),
        operators: OPERATORS.iter().map(operator).collect(),
    };
    Answer::SegmentAttributes(Box::new(attributes)).into()
}

pub(super) fn bilingual(ja: &str, en: &str) -> Bilingual {
    Bilingual {
        ja: ja.to_owned(),
        en: en.to_owned(),
    }
}

pub(super) fn type_of(of: Type) -> SegmentType {
    match of {
        Type::Number(_) => SegmentType::Number,
        Type::Money => SegmentType::Money,
        Type::Share => SegmentType::Share,
        Type::Day => SegmentType::Day,
        Type::Yearly => SegmentType::Yearly,
        Type::Text => SegmentType::Text,
        Type::Choice(_) | Type::Named(_) => SegmentType::Choice,
        Type::Year => SegmentType::Year,
        Type::Flag => SegmentType::Flag,
        Type::List => SegmentType::List,
    }
}

fn choice(choice: &Choice) -> SegmentChoice {
    SegmentChoice {
        name: choice.name.to_owned(),
        label: bilingual(choice.ja, choice.en),
    }
}

/// The values of a type that can be listed.
pub(super) fn choices(of: Type, names: &Names) -> Vec<SegmentChoice> {
    match of {
        Type::Choice(choices) => choices.iter().map(choice).collect(),
        Type::Year => YEARS.iter().map(choice).collect(),
        Type::Named(named) => {
            let own = |name: &String| {
                let common = named.common().iter().find(|known| known.name == name);
                common.map_or_else(
                    || SegmentChoice {
                        name: name.clone(),
                        label: bilingual(name, name),
                    },
                    choice,
                )
            };
            names.of(named).iter().map(own).collect()
        }
        _ => Vec::new(),
    }
}

fn values(
    of: Type,
    unit: Option<&Choice>,
    dictionary: Option<Dictionary>,
    names: &Names,
) -> SegmentValues {
    let bounds = match of {
        Type::Number(bounds) => bounds,
        Type::Share => Some((0, 1)),
        Type::Year => Some(YEAR_BOUNDS),
        _ => None,
    };
    SegmentValues {
        of: type_of(of),
        unit: unit.map(choice),
        least: bounds.map(|(least, _)| least),
        greatest: bounds.map(|(_, greatest)| greatest),
        choices: choices(of, names),
        is_listed: dictionary.is_some(),
    }
}

fn attribute(attribute: &Attribute, names: &Names) -> SegmentAttribute {
    let operators = operators(attribute.of).map(|operator| operator.name.to_owned());
    let parameters = attribute.parameters.unwrap_or_default().iter();
    let dictionary = attribute.dictionary();
    SegmentAttribute {
        name: attribute.name.to_owned(),
        label: bilingual(attribute.ja, attribute.en),
        values: values(attribute.of, attribute.unit, dictionary, names),
        operators: operators.collect(),
        is_function: attribute.parameters.is_some(),
        parameters: parameters.map(|one| parameter(one, names)).collect(),
    }
}

fn parameter(parameter: &Parameter, names: &Names) -> SegmentParameter {
    SegmentParameter {
        name: parameter.name.to_owned(),
        before: bilingual(parameter.ja.0, parameter.en.0),
        after: bilingual(parameter.ja.1, parameter.en.1),
        values: values(parameter.of, parameter.unit, parameter.dictionary, names),
        is_required: parameter.is_required,
    }
}

fn operator(operator: &Operator) -> SegmentOperator {
    SegmentOperator {
        text: operator.name.to_owned(),
        label: bilingual(operator.ja, operator.en),
        takes: match operator.family {
            Family::Equal | Family::Order | Family::Contains => SegmentTakes::One,
            Family::Between => SegmentTakes::Two,
            Family::In => SegmentTakes::Many,
            Family::Null => SegmentTakes::Nothing,
        },
    }
}
