//! One table of the file: its keys are taken by name and type, each value with its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ScenarioError;
use super::origin::Origin;
use crate::nearest::did_you_mean;

/// A value and where it stands.
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) key: String,
    pub(super) span: Range<usize>,
}

/// One table of the file.
pub(super) struct Section<'t> {
    pub(super) origin: &'t Origin,
    path: String,
    header: Range<usize>,
    table: &'t DeTable<'t>,
}

impl<'t> Section<'t> {
    /// The file itself, with its allowed keys.
    pub(super) fn root(
        origin: &'t Origin,
        table: &'t DeTable<'t>,
        keys: &[&str],
    ) -> Result<Self, ScenarioError> {
        let section = Self { origin, path: String::new(), header: 0..0, table };
        section.only(keys)?;
        Ok(section)
    }

    /// Refuses every key but these.
    pub(super) fn only(&self, keys: &[&str]) -> Result<(), ScenarioError> {
        let unknown = self.table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref()));
        let Some(key) = unknown.min_by_key(|key| key.span().start) else { return Ok(()) };
        let name = key.get_ref().as_ref();
        let problem = format!("unknown key{}", did_you_mean(name, keys.iter().copied()));
        let allowed = format!("allowed here: {}", keys.join(", "));
        Err(self.origin.refuse(&self.path_of(name), key.span(), problem, allowed))
    }

    /// Refuses a value of this section.
    pub(super) fn refuse<T>(
        &self,
        at: &Located<T>,
        problem: impl Into<String>,
        allowed: impl Into<String>,
    ) -> ScenarioError {
        self.origin.refuse(&at.key, at.span.clone(), problem, allowed)
    }

    /// The table under `key`.
    pub(super) fn section(&self, key: &str) -> Result<Section<'t>, ScenarioError> {
        let value = self.value(key, "a table")?;
        self.as_section(value, self.path_of(key))
    }

    /// The list of tables under `key`.
    pub(super) fn sections(&self, key: &str) -> Result<Located<Vec<Section<'t>>>, ScenarioError> {
        let value = self.value(key, "a list of tables")?;
        let path = self.path_of(key);
        let list = self.as_list(value, &path, "a list of tables")?;
        let sections = list.iter().enumerate().map(|(i, item)| self.as_section(item, format!("{path}[{i}]")));
        Ok(Located { value: sections.collect::<Result<_, _>>()?, key: path, span: value.span() })
    }

    /// The word under `key`.
    pub(super) fn word(&self, key: &str) -> Result<Located<String>, ScenarioError> {
        self.as_word(self.value(key, "a string")?, self.path_of(key))
    }

    /// The list of words under `key`, not empty.
    pub(super) fn words(&self, key: &str) -> Result<Vec<Located<String>>, ScenarioError> {
        self.list(key, "a list of strings", |item, path| self.as_word(item, path))
    }

    /// The finite number under `key`.
    pub(super) fn number(&self, key: &str) -> Result<Located<f64>, ScenarioError> {
        self.as_number(self.value(key, "a number")?, self.path_of(key))
    }

    /// The finite number under `key`, or its default where the key is absent.
    pub(super) fn number_or(&self, key: &str, default: f64) -> Result<Located<f64>, ScenarioError> {
        if self.table.contains_key(key) {
            return self.number(key);
        }
        Ok(Located { value: default, key: self.path_of(key), span: self.header.clone() })
    }

    /// The number > 0 under `key`.
    pub(super) fn positive(&self, key: &str) -> Result<f64, ScenarioError> {
        let number = self.number(key)?;
        if number.value > 0.0 {
            return Ok(number.value);
        }
        Err(self.refuse(&number, format!("{} is not positive", number.value), "allowed: a number > 0"))
    }

    /// The list of finite numbers under `key`, not empty.
    pub(super) fn numbers(&self, key: &str) -> Result<Vec<Located<f64>>, ScenarioError> {
        self.list(key, "a list of numbers", |item, path| self.as_number(item, path))
    }

    /// The whole number under `key`.
    pub(super) fn whole(&self, key: &str) -> Result<Located<u32>, ScenarioError> {
        let value = self.value(key, "a whole number")?;
        let path = self.path_of(key);
        let whole = match value.get_ref() {
            DeValue::Integer(digits) => u32::from_str_radix(digits.as_str(), digits.radix()).ok(),
            _ => None,
        };
        match whole {
            Some(whole) => Ok(Located { value: whole, key: path, span: value.span() }),
            None => Err(self.mistyped(value, &path, "a whole number")),
        }
    }

    fn list<T>(
        &self,
        key: &str,
        wanted: &str,
        read: impl Fn(&'t Spanned<DeValue<'t>>, String) -> Result<Located<T>, ScenarioError>,
    ) -> Result<Vec<Located<T>>, ScenarioError> {
        let value = self.value(key, wanted)?;
        let path = self.path_of(key);
        let list = self.as_list(value, &path, wanted)?;
        list.iter().enumerate().map(|(i, item)| read(item, format!("{path}[{i}]"))).collect()
    }

    fn value(&self, key: &str, wanted: &str) -> Result<&'t Spanned<DeValue<'t>>, ScenarioError> {
        self.table.get(key).ok_or_else(|| {
            let place = if self.path.is_empty() { "the file".to_owned() } else { format!("`{}`", self.path) };
            let problem = format!("missing: {place} needs the key `{key}`");
            self.origin.refuse(&self.path_of(key), self.header.clone(), problem, format!("allowed: {wanted}"))
        })
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn mistyped(&self, value: &Spanned<DeValue<'t>>, path: &str, wanted: &str) -> ScenarioError {
        let problem = format!("expected {wanted}, found {}", type_name(value.get_ref()));
        self.origin.refuse(path, value.span(), problem, format!("allowed: {wanted}"))
    }

    fn as_section(&self, value: &'t Spanned<DeValue<'t>>, path: String) -> Result<Self, ScenarioError> {
        match value.get_ref() {
            DeValue::Table(table) => Ok(Self { origin: self.origin, path, header: value.span(), table }),
            _ => Err(self.mistyped(value, &path, "a table")),
        }
    }

    fn as_list(
        &self,
        value: &'t Spanned<DeValue<'t>>,
        path: &str,
        wanted: &str,
    ) -> Result<&'t [Spanned<DeValue<'t>>], ScenarioError> {
        match value.get_ref() {
            DeValue::Array(list) if list.is_empty() => Err(self.origin.refuse(
                path,
                value.span(),
                "the list is empty",
                format!("allowed: {wanted}, not empty"),
            )),
            DeValue::Array(list) => Ok(list),
            _ => Err(self.mistyped(value, path, wanted)),
        }
    }

    fn as_word(&self, value: &Spanned<DeValue<'t>>, path: String) -> Result<Located<String>, ScenarioError> {
        match value.get_ref() {
            DeValue::String(word) => Ok(Located { value: word.to_string(), key: path, span: value.span() }),
            _ => Err(self.mistyped(value, &path, "a string")),
        }
    }

    fn as_number(&self, value: &Spanned<DeValue<'t>>, path: String) -> Result<Located<f64>, ScenarioError> {
        let number: Option<f64> = match value.get_ref() {
            DeValue::Float(digits) => digits.as_str().parse().ok(),
            DeValue::Integer(digits) => {
                i64::from_str_radix(digits.as_str(), digits.radix()).ok().map(|i| i as f64)
            }
            _ => None,
        };
        match number {
            Some(number) if number.is_finite() => {
                Ok(Located { value: number, key: path, span: value.span() })
            }
            Some(number) => Err(self.origin.refuse(
                &path,
                value.span(),
                format!("{number} is not a finite number"),
                "allowed: finite numbers",
            )),
            None => Err(self.mistyped(value, &path, "a number")),
        }
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
