//! Errors say where, what, and what could stand there instead.

use crate::segment::{check, parse};

/// All errors of a text.
fn errors(text: &str) -> Vec<String> {
    let terms = super::shop::terms();
    let errors = match parse(text) {
        Ok(tree) => check(&tree, terms).err().unwrap_or_default(),
        Err(error) => vec![error],
    };
    let shown = errors.iter().map(|error| {
        let at = text.get(error.span.start..error.span.end).unwrap();
        let hint = error.suggestion.as_deref().unwrap_or("-");
        format!("[{at}] {} | {hint}", error.message)
    });
    shown.collect()
}

#[test]
fn errors_stand_where_they_are() {
    let operators = "=, !=, >, >=, <, <=, BETWEEN, IN, CONTAINS or IS NULL";
    for (text, expected) in [
        ("", "[] the text ends where the name of an attribute is expected | -".to_owned()),
        ("decile = ", "[] the text ends where a value is expected | -".to_owned()),
        ("decile 3", format!("[3] here an operator is expected | {operators}")),
        ("decile = 1 decile = 2", "[decile] here AND, OR or the end is expected | -".to_owned()),
        ("decile = null", "[null] here a value is expected | IS NULL or IS NOT NULL".to_owned()),
        ("(decile = 1", "[] the text ends where a closing parenthesis is expected | -".to_owned()),
        ("prefecture = 'x", "['x] the text is not closed | a single quote at its end".to_owned()),
        ("prefecture = \"x\"", "[\"] `\"` means nothing here | '".to_owned()),
        ("decile ＝ 1", "[＝] `＝` means nothing here | =".to_owned()),
        ("last_order_date > 4w", "[4w] an offset is a sign, a whole number and a unit | -4w or +4w".to_owned()),
        (
            "last_order_date > 2025-02-30",
            "[2025-02-30] there is no day `2025-02-30` | a day as year-month-day: 2025-01-31".to_owned(),
        ),
        ("number_of_order > 1", "[number_of_order] there is no attribute `number_of_order` | number_of_orders".to_owned()),
        ("weather = 'rain'", "[weather] there is no attribute `weather` | -".to_owned()),
        ("decile() = 1", "[decile] `decile` is written without parentheses | decile".to_owned()),
        (
            "products_purchased = true",
            "[products_purchased] `products_purchased` is written with parentheses | products_purchased()".to_owned(),
        ),
        ("products_purchased(sinse: -1y)", "[sinse] there is no parameter `sinse` | since".to_owned()),
        (
            "products_purchased(colour: 'red')",
            "[colour] there is no parameter `colour` | one of id, since, until, count".to_owned(),
        ),
        ("products_purchased('tea', id: 'cup')", "[id] `id` is given twice | -".to_owned()),
        ("products_purchased(count: 0)", "[0] `count` lies between 1 and 4294967295 | -".to_owned()),
        ("products_purchased(id: tea)", "[tea] a text between single quotes is expected | 'tea'".to_owned()),
        (
            "prefecture > 'a'",
            "[>] `prefecture` does not take this operator | =, !=, IN, CONTAINS or IS NULL".to_owned(),
        ),
        ("shops = 'a'", "[=] `shops` does not take this operator | CONTAINS or IS NULL".to_owned()),
        ("decile = 11", "[11] `decile` lies between 1 and 10 | -".to_owned()),
        ("decile = 'first'", "['first'] `decile` is compared with a number | -".to_owned()),
        ("number_of_orders = 1.5", "[1.5] `number_of_orders` is compared with a whole number | -".to_owned()),
        ("amount_spent > 10.5", "[10.5] the amount is too large, or has over 0 digits behind the point | -".to_owned()),
        ("amount_spent BETWEEN 9 AND 1", "[9 AND 1] nothing lies between 9 and 1 | BETWEEN 1 AND 9".to_owned()),
        (
            "last_order_date = '2025-01-31'",
            "['2025-01-31'] `last_order_date` is compared with a day, without quotes | 2025-01-31, -4w, 30_days_ago or today".to_owned(),
        ),
        ("lifecycle = new_active", "[new_active] a text stands between single quotes | 'new_active'".to_owned()),
        (
            "email_subscription_status = 'SUBSCRIBE'",
            "['SUBSCRIBE'] 'SUBSCRIBE' is no value of `email_subscription_status`: 'SUBSCRIBED', 'UNSUBSCRIBED', 'NOT_SUBSCRIBED', 'INVALID' | 'SUBSCRIBED'".to_owned(),
        ),
        ("anniversary() = today", "[anniversary] `anniversary` lacks its argument `date` | anniversary(date: …)".to_owned()),
        ("anniversary('birthdate') = today", "['birthdate'] 'birthdate' is no value of `date`: 'birth_date', 'first_order_date', 'last_order_date' | 'birth_date'".to_owned()),
        ("anniversary('birth_date') > today", "[>] `anniversary` does not take this operator | =, !=, BETWEEN or IS NULL".to_owned()),
        ("season('mother_day', last_year)", "['mother_day'] 'mother_day' is no value of `name`: 'new_year', 'winter_greeting', 'valentine', 'white_day', 'entrance', 'mothers_day', 'fathers_day', 'ochugen', 'summer_greeting', 'late_summer_greeting', 'respect_for_the_aged', 'halloween', 'oseibo', 'christmas' | 'mothers_day'".to_owned()),
        ("season(oseibo)", "[oseibo] a text stands between single quotes | 'oseibo'".to_owned()),
        ("season('oseibo', last_yaer)", "[last_yaer] `year` is a year from 1990 to 2100, without quotes | last_year".to_owned()),
        ("season('oseibo', 24)", "[24] `year` is a year from 1990 to 2100, without quotes | 2025, this_year or last_year".to_owned()),
        ("season(year: last_year)", "[season] `season` lacks its argument `name` | season(name: …)".to_owned()),
        ("season()", "[season] `season` lacks its argument `name` | season(name: …)".to_owned()),
        ("season", "[season] `season` is written with parentheses | season(name: …)".to_owned()),
        ("decile(1) = 1", "[decile] `decile` is written without parentheses | decile".to_owned()),
        ("member_rank = 'golt'", "['golt'] 'golt' is no value of `member_rank`: 'regular', 'Gold', 'it''s' | 'Gold'".to_owned()),
        ("member_rank = its", "[its] its is no value of `member_rank`: 'regular', 'Gold', 'it''s' | 'it''s'".to_owned()),
        ("cpm_group = 'loyal'", "['loyal'] 'loyal' is no value of `cpm_group`: 'first_active', 'toddler_active', 'steady_active', 'trend_active', 'loyal_active', 'first_lapsed', 'toddler_lapsed', 'steady_lapsed', 'trend_lapsed', 'loyal_lapsed' | -".to_owned()),
        ("p_alive > 30", "[30] `p_alive` lies between 0 and 1, with at most 6 digits behind the point | -".to_owned()),
        ("p_alive > 0.1234567", "[0.1234567] `p_alive` lies between 0 and 1, with at most 6 digits behind the point | -".to_owned()),
        ("churn_risk > 101", "[101] `churn_risk` lies between 0 and 100 | -".to_owned()),
        ("mailable = 1", "[1] this is compared with true or false | true or false".to_owned()),
        ("prefecture", "[prefecture] `prefecture` lacks an operator and a value | =, !=, IN, CONTAINS or IS NULL".to_owned()),
    ] {
        assert_eq!(errors(text), [expected], "{text}");
    }
}

#[test]
fn all_errors_are_told() {
    let told = errors("decil = 1 AND (decile = 0 OR NOT colour = 2) AND number_of_orders > 1");
    assert_eq!(told.len(), 3, "{told:?}");
}
