//! What to do first in a medical emergency.

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

/// After what to do: the call may go on.
pub fn then() -> &'static str {
    "Je ne peux pas traiter une urgence. Si ce n'en est pas une, dites-moi ce que vous souhaitez."
}
