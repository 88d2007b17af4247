//! Values on their way into a statement. Postgres text holds no NUL, and what
//! comes from outside may: texts go without it, on both engines alike.

use crate::sqlite::queue::Value;
use std::borrow::Cow;

/// A value that statements take.
pub trait Bindable {
    /// What is bound in its place.
    type Bound;

    /// The value as both engines can hold it.
    fn bindable(self) -> Self::Bound;

    /// The same for a statement that waits.
    fn value(self) -> Value;
}

impl<'a> Bindable for &'a str {
    type Bound = Cow<'a, str>;

    fn bindable(self) -> Cow<'a, str> {
        if self.contains('\0') { self.replace('\0', "").into() } else { self.into() }
    }

    fn value(self) -> Value {
        Value::Text(self.bindable().into_owned())
    }
}

impl<'a> Bindable for &'a String {
    type Bound = Cow<'a, str>;

    fn bindable(self) -> Cow<'a, str> {
        self.as_str().bindable()
    }

    fn value(self) -> Value {
        self.as_str().value()
    }
}

impl Bindable for String {
    type Bound = Self;

    fn bindable(self) -> Self {
        if self.contains('\0') { self.replace('\0', "") } else { self }
    }

    fn value(self) -> Value {
        Value::Text(self.bindable())
    }
}

impl<T: Bindable> Bindable for Option<T> {
    type Bound = Option<T::Bound>;

    fn bindable(self) -> Option<T::Bound> {
        self.map(T::bindable)
    }

    fn value(self) -> Value {
        self.map_or(Value::Null, T::value)
    }
}

macro_rules! as_they_are {
    ($($number:ty),+) => {
        $(impl Bindable for $number {
            type Bound = Self;

            fn bindable(self) -> Self {
                self
            }

            fn value(self) -> Value {
                Value::Integer(self.into())
            }
        })+
    };
}

as_they_are!(i16, i32, i64, bool);
