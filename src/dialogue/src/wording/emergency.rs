//! What to do first in an emergency.

use crate::understand::emergency::Category;
use crate::{Register, Script};

/// What to do, first words of the reply.
pub fn what_to_do(script: &Script<'_>, category: Category) -> String {
    let sentence = match (script.profile.country.as_str(), category, script.register) {
        ("FR", Category::Suicide, _) => {
            "Appelez tout de suite le 3114, jour et nuit, ou le 15 en cas de danger immédiat. Vous n'êtes pas seul."
        }
        ("FR", Category::Violence, Register::Written) => {
            "Mettez-vous à l'abri et appelez tout de suite le 17 ou le 112, ou écrivez au 114."
        }
        ("FR", Category::Violence, Register::Voice) => {
            "Mettez-vous à l'abri et appelez tout de suite le 17 ou le 112."
        }
        ("FR", _, Register::Voice) => "Raccrochez et appelez tout de suite le 15 ou le 112.",
        ("FR", _, Register::Written) => {
            "Appelez tout de suite le 15 ou le 112, ou écrivez au 114 si vous ne pouvez pas parler."
        }
        ("US", Category::Suicide, _) => {
            "Appelez tout de suite le 988, ou le 911 en cas de danger immédiat. Vous n'êtes pas seul."
        }
        ("US", _, _) => "Raccrochez et appelez tout de suite le 911.",
        _ => "Raccrochez et appelez tout de suite le 112.",
    };
    sentence.to_owned()
}

/// What to do when it smells of gas, first words of the reply.
pub fn gas(script: &Script<'_>) -> String {
    let whom = match script.profile.country.as_str() {
        "FR" => "le 18 ou le 112",
        "US" => "le 911",
        _ => "le 112",
    };
    format!("{} Une fois dehors, appelez {whom}.", out_of_the_gas())
}

/// Before whom to call.
pub fn out_of_the_gas() -> &'static str {
    "Sortez tout de suite, sans rien allumer ni éteindre."
}

/// After what to do: the call may go on.
pub fn then() -> &'static str {
    "Je ne peux pas traiter une urgence. Si ce n'en est pas une, dites-moi ce que vous souhaitez."
}
