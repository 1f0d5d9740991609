//! Lists of customers, as pages of JSON or as one CSV file, and one customer's page.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use futures_util::{StreamExt, stream};
use okaeri_protocol::answer::{Answer, Customers, Reply};
use okaeri_protocol::filter::Filter;
use okaeri_protocol::request::{CustomerSort, Question};
use schemars::JsonSchema;
use serde::Deserialize;

use super::ask::{parse_day, reply};
use super::auth::Caller;
use super::customer_csv::{BOM, CustomerCsv, Lang};
use super::params::Params;
use super::problem::Problem;
use super::{Face, body, schema};
use crate::store::Scope;

/// Customers that one call of the module returns for a file.
const FILE_PAGE: u32 = 20_000;

/// Customers of a page that does not say how many.
const PAGE: u32 = 100;

/// Which customers, in which order.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Search {
    /// The day of the question. Without it: the day that it is in the shop's time zone.
    pub as_of: Option<NaiveDate>,
    /// All conditions must hold.
    pub filter: Filter,
    /// Column to sort by.
    pub sort: CustomerSort,
    /// Smallest first.
    pub ascending: bool,
    /// First customer to return.
    pub offset: u32,
    /// How many customers. Without it: 100 in JSON, all of them in CSV.
    pub limit: Option<u32>,
}

/// A search in a query, where the filter is JSON, with how the list is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    as_of: Option<String>,
    filter: Option<String>,
    #[serde(default)]
    sort: CustomerSort,
    #[serde(default)]
    ascending: bool,
    #[serde(default)]
    offset: u32,
    limit: Option<u32>,
    format: Option<Format>,
    #[serde(default)]
    lang: Lang,
    #[serde(default)]
    bom: bool,
    #[serde(default)]
    raw: bool,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Writing {
    format: Option<Format>,
    lang: Lang,
    bom: bool,
    raw: bool,
}

/// The day of a question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayQuery {
    as_of: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Format {
    Json,
    Csv,
}

/// A list of customers.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/customers", tag = "customers", operation_id = "customers",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("as_of" = Option<String>, Query, description = "The day of the question, `YYYY-MM-DD`"),
        ("filter" = Option<String>, Query, description = "A `Filter` as JSON"),
        ("sort" = Option<String>, Query, description = "A `CustomerSort`"),
        ("ascending" = Option<bool>, Query, description = "Smallest first"),
        ("offset" = Option<u32>, Query, description = "First customer to return"),
        ("limit" = Option<u32>, Query, description = "100 in JSON, all in CSV, unless given"),
        ("format" = Option<String>, Query, description = "`json` or `csv`; else by `Accept`"),
        ("lang" = Option<String>, Query, description = "Of the CSV's words: `en` or `ja`"),
        ("bom" = Option<bool>, Query, description = "Begin the CSV with a BOM, for Excel"),
        ("raw" = Option<bool>, Query, description = "Leave cells that begin like a formula as \
            they are: only for programs that will read the file"),
    ),
    responses((status = 200, description = "The customers", content(
        (inline(schema::Reply) = "application/json"),
        (String = "text/csv"),
    ))),
)]
pub async fn list(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Params(query): Params<ListQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let filter = match &query.filter {
        Some(filter) => serde_json::from_str(filter).map_err(|error| {
            Problem::bad_call(format!("the filter is not one: {error}")).at("filter")
        })?,
        None => Filter::default(),
    };
    let search = Search {
        as_of: query
            .as_of
            .as_deref()
            .map(|day| parse_day(day, "as_of"))
            .transpose()?,
        filter,
        sort: query.sort,
        ascending: query.ascending,
        offset: query.offset,
        limit: query.limit,
    };
    let ListQuery {
        format,
        lang,
        bom,
        raw,
        ..
    } = query;
    let writing = Writing {
        format,
        lang,
        bom,
        raw,
    };
    write(face, &caller, search, writing, &headers).await
}

/// A list of customers by a long filter.
#[utoipa::path(
    post, path = "/v1/shops/{shop}/customers", tag = "customers",
    operation_id = "search_customers",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("format" = Option<String>, Query, description = "`json` or `csv`; else by `Accept`"),
        ("lang" = Option<String>, Query, description = "Of the CSV's words: `en` or `ja`"),
        ("bom" = Option<bool>, Query, description = "Begin the CSV with a BOM, for Excel"),
        ("raw" = Option<bool>, Query, description = "As in `GET`"),
    ),
    request_body = inline(schema::Search),
    responses((status = 200, description = "The customers", content(
        (inline(schema::Reply) = "application/json"),
        (String = "text/csv"),
    ))),
)]
pub async fn search(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Params(writing): Params<Writing>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let search = body::json(&headers, body, face.limits.body_bytes).await?;
    write(face, &caller, search, writing, &headers).await
}

/// One customer's whole history.
#[utoipa::path(
    get, path = "/v1/shops/{shop}/customers/{key}", tag = "customers", operation_id = "customer",
    params(
        ("shop" = String, Path, description = "Id of the shop"),
        ("key" = String, Path, description = "The key that lists of customers give"),
        ("as_of" = Option<String>, Query, description = "The day of the question, `YYYY-MM-DD`"),
    ),
    responses((status = 200, description = "The customer", body = inline(schema::Reply))),
)]
pub async fn one(
    caller: Caller,
    State(face): State<Arc<Face>>,
    Path(path): Path<(String, String)>,
    Params(query): Params<DayQuery>,
) -> Result<Response, Problem> {
    caller.needs(Scope::Read)?;
    let (_, key) = path;
    let as_of = query
        .as_of
        .as_deref()
        .map(|day| parse_day(day, "as_of"))
        .transpose()?;
    let as_of = face.as_of(&caller, as_of).await?;
    Ok(reply(
        &face
            .app
            .ask(
                caller.shop(),
                as_of,
                Question::Customer { key, brief: false },
            )
            .await?,
    ))
}

async fn write(
    face: Arc<Face>,
    caller: &Caller,
    search: Search,
    writing: Writing,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let as_of = face.as_of(caller, search.as_of).await?;
    let is_csv = |accept: &HeaderValue| accept.as_bytes().starts_with(b"text/csv");
    let as_file = match writing.format {
        Some(format) => format == Format::Csv,
        None => headers.get(header::ACCEPT).is_some_and(is_csv),
    };
    if as_file {
        let shop = caller.shop().to_owned();
        return Export {
            face,
            shop,
            as_of,
            search,
            total: 0,
            left: 0,
        }
        .answer(writing)
        .await;
    }
    let limit = search.limit.unwrap_or(PAGE);
    let question = search.page(search.offset, limit);
    Ok(reply(&face.app.ask(caller.shop(), as_of, question).await?))
}

impl Search {
    fn page(&self, offset: u32, limit: u32) -> Question {
        let Search {
            filter,
            sort,
            ascending,
            ..
        } = self.clone();
        Question::Customers {
            filter,
            sort,
            ascending,
            offset,
            limit,
        }
    }
}

/// A file on its way out, page by page, so that no list is ever held whole.
struct Export {
    face: Arc<Face>,
    shop: String,
    as_of: NaiveDate,
    search: Search,
    total: u64,
    left: u64,
}

impl Export {
    async fn answer(mut self, writing: Writing) -> Result<Response, Problem> {
        let csv = CustomerCsv::new(writing.lang, writing.raw);
        self.left = self.search.limit.map_or(u64::MAX, u64::from);
        let first = self.next_page().await?;
        self.total = first.total;
        let mut begin = if writing.bom {
            BOM.to_owned()
        } else {
            String::new()
        };
        begin += &csv.header();
        begin.extend(first.customers.iter().map(|customer| csv.row(customer)));
        self.took(&first);

        let name = format!("attachment; filename=\"customers-{}.csv\"", self.as_of);
        let rest = stream::try_unfold((self, csv), |(mut export, csv)| async move {
            match export.rest().await? {
                None => Ok(None),
                Some(page) => {
                    let rows: String = page.customers.iter().map(|c| csv.row(c)).collect();
                    Ok::<_, std::io::Error>(Some((rows, (export, csv))))
                }
            }
        });
        let body = Body::from_stream(stream::iter([Ok(begin)]).chain(rest));
        let csv = HeaderValue::from_static("text/csv; charset=utf-8");
        let mut response = ([(header::CONTENT_TYPE, csv)], body).into_response();
        if let Ok(name) = HeaderValue::try_from(name) {
            response
                .headers_mut()
                .insert(header::CONTENT_DISPOSITION, name);
        }
        Ok(response)
    }

    /// The next page, or nothing after the last. A list that changes under the reader breaks the
    /// transfer off: half of one list and half of another must not pass for a file.
    async fn rest(&mut self) -> Result<Option<Customers>, std::io::Error> {
        if self.left == 0 || u64::from(self.search.offset) >= self.total {
            return Ok(None);
        }
        let page = self.next_page().await.map_err(|problem| {
            std::io::Error::other(format!("the list broke off: {}", problem.status()))
        })?;
        if page.total != self.total || page.customers.is_empty() {
            return Err(std::io::Error::other("the list changed while it was read"));
        }
        self.took(&page);
        Ok(Some(page))
    }

    async fn next_page(&self) -> Result<Customers, Problem> {
        let limit = u32::try_from(self.left).unwrap_or(u32::MAX).min(FILE_PAGE);
        let question = self.search.page(self.search.offset, limit);
        match self
            .face
            .app
            .ask(&self.shop, self.as_of, question)
            .await?
            .reply()?
        {
            Reply::Answer {
                answer: Answer::Customers(customers),
                ..
            } => Ok(customers),
            Reply::Error { error } => Err(error.into()),
            Reply::Answer { .. } => {
                tracing::error!("the module answered a list of customers with something else");
                Err(Problem::internal())
            }
        }
    }

    fn took(&mut self, page: &Customers) {
        let count = u32::try_from(page.customers.len()).unwrap_or(u32::MAX);
        self.search.offset = self.search.offset.saturating_add(count);
        self.left = self.left.saturating_sub(u64::from(count));
    }
}
