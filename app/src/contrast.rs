//! A test that computes the contrast of the colours in `style/tokens.css`.

const TOKENS: &str = include_str!("../../style/tokens.css");

#[derive(Clone, Copy)]
enum Scheme {
    Light,
    Dark,
}

/// Relative luminance of `--name` in a scheme.
fn luminance(name: &str, scheme: Scheme) -> f64 {
    let line = TOKENS
        .lines()
        .find_map(|line| line.trim().strip_prefix(&format!("--{name}: light-dark(")))
        .unwrap_or_else(|| panic!("no token {name}"));
    let colours: Vec<&str> = line.split("oklch(").skip(1).collect();
    let colour = match scheme {
        Scheme::Light => colours[0],
        Scheme::Dark => colours[1],
    };
    let numbers: Vec<f64> = colour
        .split(')')
        .next()
        .into_iter()
        .flat_map(str::split_whitespace)
        .map(|number| number.trim_end_matches('%').parse().expect("a number"))
        .collect();
    let (a, b) =
        (numbers[1] * numbers[2].to_radians().cos(), numbers[1] * numbers[2].to_radians().sin());
    of_oklab(numbers[0] / 100.0, a, b)
}

/// OKLab to the luminance of linear sRGB, clipped to what a screen can show.
fn of_oklab(lightness: f64, a: f64, b: f64) -> f64 {
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    let red = 4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s;
    let green = -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s;
    let blue = -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s;
    0.2126 * red.clamp(0.0, 1.0) + 0.7152 * green.clamp(0.0, 1.0) + 0.0722 * blue.clamp(0.0, 1.0)
}

fn contrast(front: &str, back: &str, scheme: Scheme) -> f64 {
    let (front, back) = (luminance(front, scheme), luminance(back, scheme));
    (front.max(back) + 0.05) / (front.min(back) + 0.05)
}

#[test]
fn text_is_readable_on_everything_it_stands_on() {
    let grounds = ["paper", "sheet"];
    let states = ["accent", "good", "note", "warn", "bad"];
    let mut pairs: Vec<(String, String)> = Vec::new();
    for ground in grounds {
        for front in ["ink", "ink-soft"].into_iter().chain(states) {
            pairs.push((front.to_owned(), ground.to_owned()));
        }
    }
    for state in states {
        pairs.push((state.to_owned(), format!("{state}-wash")));
        pairs.push(("ink".to_owned(), format!("{state}-wash")));
    }
    pairs.push(("on-accent".to_owned(), "accent".to_owned()));
    pairs.push(("on-accent".to_owned(), "accent-strong".to_owned()));
    pairs.push(("ink-soft".to_owned(), "accent-wash".to_owned()));
    for (front, back) in pairs {
        for (scheme, name) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
            let found = contrast(&front, &back, scheme);
            assert!(found >= 4.5, "{front} on {back} in {name}: {found:.2}");
        }
    }
}

#[test]
fn edges_of_fields_are_visible() {
    for scheme in [Scheme::Light, Scheme::Dark] {
        for ground in ["paper", "sheet"] {
            let found = contrast("edge", ground, scheme);
            assert!(found >= 3.0, "edge on {ground}: {found:.2}");
        }
    }
}
