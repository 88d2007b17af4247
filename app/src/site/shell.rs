//! What every public page has around it.

use crate::parts::Icon;
use domain::phone::E164;
use leptos::prelude::*;

/// Header, content, footer.
pub fn shell<V: IntoView + 'static>(content: V, number: &E164) -> impl IntoView + use<V> {
    let telephone = format!("tel:{}", number.as_str());
    let shown = crate::typo::phone(number);
    view! {
        <header class="site-head">
            <a class="brand" href="/"><span class="mark"><Icon name="assistant"/></span>"UWi"</a>
            <nav aria-label="Site">
                <a href="/#etapes">"Comment ça marche"</a>
                <a href="/#jamais">"Nos garanties"</a>
                <a href="/#essayer">"Essayer"</a>
            </nav>
            <a class="button" href="/login">"Se connecter"</a>
        </header>
        {content.into_any()}
        <footer class="site-foot">
            <p>"UWi, l’accueil téléphonique des cabinets et des entreprises."</p>
            <nav aria-label="Pied de page">
                <a href=telephone>"Démo vocale : " <span class="n">{shown}</span></a>
                <a href="/mentions-legales">"Mentions légales"</a>
                <a href="/confidentialite">"Confidentialité"</a>
                <a href="/login">"Se connecter"</a>
            </nav>
        </footer>
    }
}
