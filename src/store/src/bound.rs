//! Values on their way into a statement. Postgres text holds no NUL, and what
//! comes from outside may: texts go without it, on both engines alike.

use std::borrow::Cow;

/// A value that statements take.
pub trait Bindable {
    /// What is bound in its place.
    type Bound;

    /// The value as both engines can hold it.
    fn bindable(self) -> Self::Bound;
}

impl<'a> Bindable for &'a str {
    type Bound = Cow<'a, str>;

    fn bindable(self) -> Cow<'a, str> {
        if self.contains('\0') { self.replace('\0', "").into() } else { self.into() }
    }
}

impl<'a> Bindable for &'a String {
    type Bound = Cow<'a, str>;

    fn bindable(self) -> Cow<'a, str> {
        self.as_str().bindable()
    }
}

impl Bindable for String {
    type Bound = Self;

    fn bindable(self) -> Self {
        if self.contains('\0') { self.replace('\0', "") } else { self }
    }
}

impl<T: Bindable> Bindable for Option<T> {
    type Bound = Option<T::Bound>;

    fn bindable(self) -> Option<T::Bound> {
        self.map(T::bindable)
    }
}

macro_rules! as_they_are {
    ($($number:ty),+) => {
        $(impl Bindable for $number {
            type Bound = Self;

            fn bindable(self) -> Self {
                self
            }
        })+
    };
}

as_they_are!(i16, i32, i64, bool);
