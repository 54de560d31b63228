<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nb_NO" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fil</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Å&amp;pne…</translation>
    </message>
    <message>
        <source>Open a parameter file or a saved picture</source>
        <translation>Åpne en parameterfil eller et lagret bilde</translation>
    </message>
    <message>
        <source>&amp;Save picture…</source>
        <translation>&amp;Lagre bildet…</translation>
    </message>
    <message>
        <source>Save the picture as PNG, with its parameters</source>
        <translation>Lagre bildet som PNG, med parametrene</translation>
    </message>
    <message>
        <source>Save &amp;parameters…</source>
        <translation>Lagre para&amp;metrene…</translation>
    </message>
    <message>
        <source>Save a parameter file (.fsf)</source>
        <translation>Lagre en parameterfil (.fsf)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Avslutt</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Lukk vinduet</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gå</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>Til&amp;bake</translation>
    </message>
    <message>
        <source>The place before</source>
        <translation>Til forrige sted</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Fram</translation>
    </message>
    <message>
        <source>The place after</source>
        <translation>Til neste sted</translation>
    </message>
    <message>
        <source>&amp;Whole set</source>
        <translation>&amp;Hele mengden</translation>
    </message>
    <message>
        <source>Show the whole set</source>
        <translation>Vis hele mengden</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Zoom &amp;inn</translation>
    </message>
    <message>
        <source>Closer to the middle</source>
        <translation>Nærmere midten</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Zoom &amp;ut</translation>
    </message>
    <message>
        <source>Away from the middle</source>
        <translation>Bort fra midten</translation>
    </message>
    <message>
        <source>Zoom into a bo&amp;x</source>
        <translation>Zoom til ut&amp;snitt</translation>
    </message>
    <message>
        <source>The next drag draws a box</source>
        <translation>Neste gang du drar, tegnes en ramme</translation>
    </message>
    <message>
        <source>Move &amp;left</source>
        <translation>Flytt til &amp;venstre</translation>
    </message>
    <message>
        <source>Move &amp;right</source>
        <translation>Flytt til høy&amp;re</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Flytt &amp;opp</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>Flytt &amp;ned</translation>
    </message>
    <message>
        <source>&amp;Pool</source>
        <translation>&amp;Pool</translation>
    </message>
    <message>
        <source>&amp;Compute again</source>
        <translation>&amp;Beregn på nytt</translation>
    </message>
    <message>
        <source>Compute this picture again</source>
        <translation>Beregn dette bildet på nytt</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>Stop computing</source>
        <translation>Stopp beregningen</translation>
    </message>
    <message>
        <source>&amp;More sessions</source>
        <translation>&amp;Flere sesjoner</translation>
    </message>
    <message>
        <source>&amp;Fewer sessions</source>
        <translation>Fæ&amp;rre sesjoner</translation>
    </message>
    <message>
        <source>&amp;Kill the busiest element</source>
        <translation>&amp;Drep det travleste elementet</translation>
    </message>
    <message>
        <source>Only elements that a demonstration has started</source>
        <translation>Bare elementer som en demonstrasjon har startet</translation>
    </message>
    <message>
        <source>Free&amp;ze the busiest element</source>
        <translation>Fr&amp;ys det travleste elementet</translation>
    </message>
    <message>
        <source>&amp;Restart all killed elements</source>
        <translation>Start alle drepte elementer på &amp;nytt</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Vis</translation>
    </message>
    <message>
        <source>&amp;Overlay</source>
        <translation>&amp;Overlegg</translation>
    </message>
    <message>
        <source>Show or hide who computes what</source>
        <translation>Vis eller skjul hvem som beregner hva</translation>
    </message>
    <message>
        <source>Overlay &amp;shows</source>
        <translation>Overlegget &amp;viser</translation>
    </message>
    <message>
        <source>&amp;Next palette</source>
        <translation>&amp;Neste palett</translation>
    </message>
    <message>
        <source>&amp;Previous palette</source>
        <translation>&amp;Forrige palett</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>Farge&amp;tema</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Mørkt</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Lyst</translation>
    </message>
    <message>
        <source>&amp;Presenter</source>
        <translation>&amp;Presentasjon</translation>
    </message>
    <message>
        <source>High &amp;contrast</source>
        <translation>Høy &amp;kontrast</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Fu&amp;llskjerm</translation>
    </message>
    <message>
        <source>Hide the form and the gallery: more room for the picture</source>
        <translation>Skjul skjemaet og galleriet: mer plass til bildet</translation>
    </message>
    <message>
        <source>&amp;Copy all events</source>
        <translation>Kopier alle &amp;hendelser</translation>
    </message>
    <message>
        <source>Copy the list of events as text</source>
        <translation>Kopier listen over hendelser som tekst</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hjelp</translation>
    </message>
    <message>
        <source>&amp;Keys and gestures</source>
        <translation>&amp;Taster og bevegelser</translation>
    </message>
    <message>
        <source>&amp;About kolam-fractal</source>
        <translation>&amp;Om kolam-fractal</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Verktøy</translation>
    </message>
    <message>
        <source>Pan&amp;els</source>
        <translation>&amp;Paneler</translation>
    </message>
    <message>
        <source>Picture and pool onl&amp;y</source>
        <translation>Bare &amp;bilde og pool</translation>
    </message>
    <message>
        <source>&amp;Julia set of this point</source>
        <translation>&amp;Julia-mengden til dette punktet</translation>
    </message>
    <message>
        <source>The point of the Mandelbrot set under the pointer becomes the constant</source>
        <translation>Punktet i Mandelbrot-mengden under pekeren blir konstanten</translation>
    </message>
    <message>
        <source>&amp;Slide show</source>
        <translation>&amp;Lysbildevisning</translation>
    </message>
    <message>
        <source>The pictures of the gallery, one after the other</source>
        <translation>Bildene i galleriet, ett etter ett</translation>
    </message>
    <message>
        <source>E&amp;dit palette…</source>
        <translation>R&amp;ediger paletten…</translation>
    </message>
    <message>
        <source>Make a palette of your own from this one</source>
        <translation>Lag en egen palett av denne</translation>
    </message>
</context>
<context>
    <name>ElementState</name>
    <message>
        <source>up</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>It serves.</source>
        <translation>Det betjener brukere.</translation>
    </message>
    <message>
        <source>registering</source>
        <translation>registrerer seg</translation>
    </message>
    <message>
        <source>It looks for a registrar, or waits for its answer.</source>
        <translation>Det leter etter en registrar, eller venter på svar fra den.</translation>
    </message>
    <message>
        <source>draining</source>
        <translation>tømmes</translation>
    </message>
    <message>
        <source>It serves the users that it has, and takes no others.</source>
        <translation>Det betjener brukerne det har, og tar ikke imot nye.</translation>
    </message>
    <message>
        <source>left</source>
        <translation>avmeldt</translation>
    </message>
    <message>
        <source>It has said goodbye.</source>
        <translation>Det har meldt seg av.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>ukjent</translation>
    </message>
    <message>
        <source>Whoever knew about it is gone.</source>
        <translation>De som visste noe om det, er borte.</translation>
    </message>
    <message>
        <source>suspect</source>
        <translation>mistenkt</translation>
    </message>
    <message>
        <source>Others say that they do not reach it.</source>
        <translation>Andre melder at de ikke når det.</translation>
    </message>
    <message>
        <source>conflicting</source>
        <translation>dobbelt</translation>
    </message>
    <message>
        <source>Two senders use its identifier.</source>
        <translation>To avsendere bruker identifikatoren.</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>frosset</translation>
    </message>
    <message>
        <source>Its process is there, and says nothing.</source>
        <translation>Prosessen finnes, men svarer ikke.</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>krasjet</translation>
    </message>
    <message>
        <source>It went without a word: crashed, or killed.</source>
        <translation>Det forsvant uten å melde seg av: krasjet eller drept.</translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message>
        <source>its process is gone, or the way to it</source>
        <translation>prosessen er borte, eller veien til den</translation>
    </message>
    <message>
        <source>it ended the session</source>
        <translation>det avsluttet sesjonen</translation>
    </message>
    <message>
        <source>it does not answer any more</source>
        <translation>det svarer ikke lenger</translation>
    </message>
    <message>
        <source>no connection comes about</source>
        <translation>det lar seg ikke gjøre å opprette en forbindelse</translation>
    </message>
    <message>
        <source>it delivers nothing</source>
        <translation>det leverer ikke noe</translation>
    </message>
    <message>
        <source>for an unknown reason</source>
        <translation>av ukjent årsak</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 joins in.</source>
        <translation>%1 er med.</translation>
    </message>
    <message>
        <source>The pool has no element at the moment.</source>
        <translation>Poolen har ingen elementer for øyeblikket.</translation>
    </message>
    <message numerus="yes">
        <source>Picture complete after %1; %n failover(s), rows computed again: %2.</source>
        <translation>
            <numerusform>Bildet ferdig etter %1; %n failover, rader beregnet på nytt: %2.</numerusform>
            <numerusform>Bildet ferdig etter %1; %n failovere, rader beregnet på nytt: %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Registrar %1.</source>
        <translation>Registrar %1.</translation>
    </message>
    <message>
        <source>The registrar is gone; looking for another. Running sessions go on.</source>
        <translation>Registraren er borte; leter etter en annen. Sesjoner som er i gang, fortsetter.</translation>
    </message>
    <message>
        <source>Element %1 (%2)</source>
        <translation>Element %1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>New picture: %1 × %2 points in %n tile(s), %3 sessions.</source>
        <translation>
            <numerusform>Nytt bilde: %1 × %2 punkter i %n flis, sesjoner: %3.</numerusform>
            <numerusform>Nytt bilde: %1 × %2 punkter i %n fliser, sesjoner: %3.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left: %2.</source>
        <translation>%1 har forlatt poolen: %2.</translation>
    </message>
    <message>
        <source>%1 lost: %2.</source>
        <translation>%1 er tapt: %2.</translation>
    </message>
    <message>
        <source>Its tiles look for another element.</source>
        <translation>Flisene leter etter et annet element.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> og </translation>
    </message>
    <message>
        <source>nothing computed again</source>
        <translation>ingenting beregnet på nytt</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) computed again</source>
        <translation>
            <numerusform>%n rad beregnet på nytt</numerusform>
            <numerusform>%n rader beregnet på nytt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tile(s) of %1 continued at %2 after %3, %4.</source>
        <translation>
            <numerusform>%n flis fra %1 fortsatte hos %2 etter %3, %4.</numerusform>
            <numerusform>%n fliser fra %1 fortsatte hos %2 etter %3, %4.</numerusform>
        </translation>
    </message>
    <message>
        <source>An element does not compute this picture: %1.</source>
        <translation>Et element beregner ikke dette bildet: %1.</translation>
    </message>
    <message>
        <source>Compatible mode: banded colours. No element knows smooth fractals.</source>
        <translation>Kompatibel modus: trinnvise farger. Ingen elementer kjenner jevne fraktaler.</translation>
    </message>
</context>
<context>
    <name>FaultBook</name>
    <message>
        <source>flapping</source>
        <translation>flagrer</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Whole set</source>
        <translation>Hele mengden</translation>
    </message>
    <message>
        <source>Seahorse valley</source>
        <translation>Sjøhestdalen</translation>
    </message>
    <message>
        <source>Seahorse tail</source>
        <translation>Sjøhesthale</translation>
    </message>
    <message>
        <source>Elephant valley</source>
        <translation>Elefantdalen</translation>
    </message>
    <message>
        <source>Double spiral</source>
        <translation>Dobbeltspiral</translation>
    </message>
    <message>
        <source>Sceptre</source>
        <translation>Septer</translation>
    </message>
    <message>
        <source>Ember</source>
        <translation>Glo</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stjerne</translation>
    </message>
    <message>
        <source>Triple spiral</source>
        <translation>Trippelspiral</translation>
    </message>
    <message>
        <source>Needle eye</source>
        <translation>Nåløye</translation>
    </message>
    <message>
        <source>Lightning</source>
        <translation>Lyn</translation>
    </message>
    <message>
        <source>Garland</source>
        <translation>Girlander</translation>
    </message>
    <message>
        <source>Cubic coral</source>
        <translation>Kubisk korall</translation>
    </message>
    <message>
        <source>Cubic island</source>
        <translation>Kubisk øy</translation>
    </message>
    <message>
        <source>Sevenfold</source>
        <translation>Sjudelt</translation>
    </message>
    <message>
        <source>Rabbit</source>
        <translation>Kanin</translation>
    </message>
    <message>
        <source>Dragon</source>
        <translation>Drage</translation>
    </message>
    <message>
        <source>Armada</source>
        <translation>Armada</translation>
    </message>
    <message>
        <source>Five roots</source>
        <translation>Fem røtter</translation>
    </message>
    <message>
        <source>Clover</source>
        <translation>Kløver</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>Language of the window: en, de or nb; else that of the desktop.</source>
        <translation>Språket i vinduet: en, de eller nb; ellers skrivebordets.</translation>
    </message>
    <message>
        <source>--lang: “%1” is none of en, de, nb</source>
        <translation>--lang: «%1» er verken en, de eller nb</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n sesjon</numerusform>
            <numerusform>%n sesjoner</numerusform>
        </translation>
    </message>
    <message>
        <source>registrar</source>
        <translation>registrar</translation>
    </message>
</context>
<context>
    <name>MonitorActions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fil</translation>
    </message>
    <message>
        <source>Save the &amp;map…</source>
        <translation>Lagre &amp;kartet…</translation>
    </message>
    <message>
        <source>Save the &amp;tables…</source>
        <translation>Lagre &amp;tabellene…</translation>
    </message>
    <message>
        <source>Components, sessions and failovers as CSV</source>
        <translation>Komponenter, sesjoner og failovere som CSV</translation>
    </message>
    <message>
        <source>Save the &amp;events…</source>
        <translation>Lagre &amp;hendelsene…</translation>
    </message>
    <message>
        <source>As CSV</source>
        <translation>Som CSV</translation>
    </message>
    <message>
        <source>Save all that is &amp;known…</source>
        <translation>Lagre &amp;alt som er kjent…</translation>
    </message>
    <message>
        <source>The model of this moment as JSON</source>
        <translation>Modellen av dette øyeblikket som JSON</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>A&amp;vslutt</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Lukk vinduet</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hjelp</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Kommandoer…</translation>
    </message>
    <message>
        <source>Find what to do by its name</source>
        <translation>Finn en kommando etter navnet</translation>
    </message>
    <message>
        <source>&amp;Keys and gestures</source>
        <translation>&amp;Taster og bevegelser</translation>
    </message>
    <message>
        <source>&amp;About kolam-monitor</source>
        <translation>&amp;Om kolam-monitor</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Tid</translation>
    </message>
    <message>
        <source>&amp;Pause or play</source>
        <translation>&amp;Pause eller spill av</translation>
    </message>
    <message>
        <source>Stand still, or go on from here</source>
        <translation>Stå stille, eller fortsett herfra</translation>
    </message>
    <message>
        <source>Event &amp;before</source>
        <translation>&amp;Forrige hendelse</translation>
    </message>
    <message>
        <source>Event &amp;after</source>
        <translation>&amp;Neste hendelse</translation>
    </message>
    <message>
        <source>To the be&amp;ginning</source>
        <translation>Til &amp;begynnelsen</translation>
    </message>
    <message>
        <source>To &amp;now</source>
        <translation>&amp;Til nå</translation>
    </message>
    <message>
        <source>Show what is, as it happens</source>
        <translation>Vis det som skjer, mens det skjer</translation>
    </message>
    <message>
        <source>&amp;Slower</source>
        <translation>&amp;Saktere</translation>
    </message>
    <message>
        <source>Down to a thousandth</source>
        <translation>Ned til en tusendel</translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation>&amp;Raskere</translation>
    </message>
    <message>
        <source>Go to the last fail&amp;over</source>
        <translation>Til siste fail&amp;over</translation>
    </message>
    <message>
        <source>To the moment before it, with its milliseconds on the time line</source>
        <translation>Til øyeblikket før, med millisekundene på tidslinjen</translation>
    </message>
    <message>
        <source>Whole &amp;time line</source>
        <translation>&amp;Hele tidslinjen</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>&amp;Kart</translation>
    </message>
    <message>
        <source>&amp;Layers</source>
        <translation>&amp;Lag</translation>
    </message>
    <message>
        <source>&amp;Rings</source>
        <translation>&amp;Ringer</translation>
    </message>
    <message>
        <source>By &amp;host</source>
        <translation>Etter &amp;vert</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>R&amp;utenett</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Zoom &amp;inn</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Zoom u&amp;t</translation>
    </message>
    <message>
        <source>Show &amp;everything</source>
        <translation>Vis &amp;alt</translation>
    </message>
    <message>
        <source>&amp;Undo the last move</source>
        <translation>Angre siste fl&amp;ytting</translation>
    </message>
    <message>
        <source>Re&amp;do it</source>
        <translation>&amp;Gjør om</translation>
    </message>
    <message>
        <source>Mini ma&amp;p</source>
        <translation>Mini&amp;kart</translation>
    </message>
    <message>
        <source>When not all is seen</source>
        <translation>Når ikke alt synes</translation>
    </message>
    <message>
        <source>&amp;Messages as dots</source>
        <translation>&amp;Meldinger som prikker</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Finn…</translation>
    </message>
    <message>
        <source>In components and events</source>
        <translation>I komponenter og hendelser</translation>
    </message>
    <message>
        <source>F&amp;aults</source>
        <translation>F&amp;eil</translation>
    </message>
    <message>
        <source>Only processes that a demonstration has started</source>
        <translation>Bare prosesser som en demonstrasjon har startet</translation>
    </message>
    <message>
        <source>&amp;Kill</source>
        <translation>&amp;Drep</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>Ask it to leave: it deregisters</source>
        <translation>Be den gå: den melder seg av</translation>
    </message>
    <message>
        <source>Free&amp;ze</source>
        <translation>Fr&amp;ys</translation>
    </message>
    <message>
        <source>&amp;Resume or restart</source>
        <translation>&amp;Gjenoppta eller start på nytt</translation>
    </message>
    <message>
        <source>&amp;Lose packets</source>
        <translation>Mist &amp;pakker</translation>
    </message>
    <message>
        <source>Three of ten, each way</source>
        <translation>Tre av ti, hver vei</translation>
    </message>
    <message>
        <source>&amp;Delay packets</source>
        <translation>&amp;Forsink pakker</translation>
    </message>
    <message>
        <source>&amp;Cut off</source>
        <translation>&amp;Isoler</translation>
    </message>
    <message>
        <source>From everybody else</source>
        <translation>Fra alle andre</translation>
    </message>
    <message>
        <source>Drai&amp;n</source>
        <translation>&amp;Tøm</translation>
    </message>
    <message>
        <source>No more users; it leaves when the last one has gone</source>
        <translation>Ingen nye brukere; forlater poolen når den siste har gått</translation>
    </message>
    <message>
        <source>&amp;Heal everything</source>
        <translation>Rett &amp;alt</translation>
    </message>
    <message>
        <source>Select &amp;element</source>
        <translation>Velg &amp;element</translation>
    </message>
    <message>
        <source>Element &amp;%1</source>
        <translation>Element &amp;%1</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Vis</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>Farge&amp;tema</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Mørkt</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Lyst</translation>
    </message>
    <message>
        <source>&amp;Presenter</source>
        <translation>&amp;Presentasjon</translation>
    </message>
    <message>
        <source>High &amp;contrast</source>
        <translation>Høy &amp;kontrast</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Paneler</translation>
    </message>
    <message>
        <source>The whole screen, large letters, the map and what explains it</source>
        <translation>Hele skjermen, stor skrift, kartet og det som forklarer det</translation>
    </message>
    <message>
        <source>Leave the prese&amp;ntation</source>
        <translation>&amp;Avslutt presentasjonen</translation>
    </message>
    <message>
        <source>Panels as at &amp;first</source>
        <translation>Tilbake&amp;still panelene</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Verktøy</translation>
    </message>
    <message>
        <source>P&amp;resent</source>
        <translation>P&amp;resenter</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Gjenoppta</translation>
    </message>
    <message>
        <source>Last failover</source>
        <translation>Siste failover</translation>
    </message>
    <message>
        <source>As PNG, SVG or PDF</source>
        <translation>Som PNG, SVG eller PDF</translation>
    </message>
    <message>
        <source>&amp;Import a setup…</source>
        <translation>&amp;Importer et oppsett…</translation>
    </message>
    <message>
        <source>Places and components of rserpooldemo (XML)</source>
        <translation>Plasser og komponenter fra rserpooldemo (XML)</translation>
    </message>
    <message>
        <source>Slo&amp;w down</source>
        <translation>Brems &amp;ned</translation>
    </message>
    <message>
        <source>It runs for a fifth of the time</source>
        <translation>Den kjører en femtedel av tiden</translation>
    </message>
    <message>
        <source>&amp;Flap</source>
        <translation>F&amp;lagre</translation>
    </message>
    <message>
        <source>Frozen for a second, running for a second</source>
        <translation>Fryst i ett sekund, i gang i ett sekund</translation>
    </message>
    <message>
        <source>&amp;Overload</source>
        <translation>&amp;Overbelast</translation>
    </message>
    <message>
        <source>A crowd of users comes to an element, and takes what it can get</source>
        <translation>Mange brukere kommer til et element og tar det de får</translation>
    </message>
    <message>
        <source>200 ms, each way</source>
        <translation>200 ms hver vei</translation>
    </message>
    <message>
        <source>Cut off fro&amp;m…</source>
        <translation>Isoler f&amp;ra…</translation>
    </message>
    <message>
        <source>Some from some others</source>
        <translation>Noen fra noen andre</translation>
    </message>
    <message>
        <source>Save a &amp;clip…</source>
        <translation>Lagre et kli&amp;pp…</translation>
    </message>
    <message>
        <source>The marked range of the time line, as a recording of its own</source>
        <translation>Det merkede området på tidslinjen, som et eget opptak</translation>
    </message>
    <message>
        <source>C&amp;ompare with a recording…</source>
        <translation>&amp;Sammenlign med et opptak…</translation>
    </message>
    <message>
        <source>How long failovers took, and figures, of both</source>
        <translation>Hvor lang tid failovere tok, og nøkkeltall, for begge</translation>
    </message>
    <message>
        <source>For&amp;k from here</source>
        <translation>&amp;Gren av herfra</translation>
    </message>
    <message>
        <source>Only what is simulated can go on differently from a moment in the past; real systems cannot go back</source>
        <translation>Bare det som er simulert, kan fortsette annerledes fra et øyeblikk i fortiden; virkelige systemer kan ikke gå tilbake</translation>
    </message>
    <message>
        <source>Over a pi&amp;cture</source>
        <translation>Over et &amp;bilde</translation>
    </message>
    <message>
        <source>Choose the pic&amp;ture…</source>
        <translation>Velg &amp;et bilde…</translation>
    </message>
    <message>
        <source>A plan of the building or a map, for example</source>
        <translation>For eksempel en plantegning eller et landkart</translation>
    </message>
    <message>
        <source>Forget m&amp;y places</source>
        <translation>Glem &amp;plassene mine</translation>
    </message>
    <message>
        <source>Everything goes where this layout puts it</source>
        <translation>Alt går dit denne ordningen setter det</translation>
    </message>
    <message>
        <source>&amp;Whose elements they are</source>
        <translation>&amp;Hvem elementene tilhører</translation>
    </message>
    <message>
        <source>A ground in the colour of the home registrar</source>
        <translation>En bunn i fargen til hjemmeregistraren</translation>
    </message>
    <message>
        <source>&amp;Lessons</source>
        <translation>&amp;Leksjoner</translation>
    </message>
    <message>
        <source>A lesson with a pool of its own, in a window of its own</source>
        <translation>En leksjon med egen pool, i et eget vindu</translation>
    </message>
    <message>
        <source>&amp;Open a scenario…</source>
        <translation>&amp;Åpne et scenario…</translation>
    </message>
    <message>
        <source>A file with or without a lesson; its pool gets a window of its own</source>
        <translation>En fil med eller uten leksjon; poolen får et eget vindu</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>&amp;Fortsett</translation>
    </message>
    <message>
        <source>Do, answer or go on: also space and the forward key of a clicker</source>
        <translation>Gjør, svar eller gå videre: også med mellomrom og fremtasten på en presenter</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>Til&amp;bake</translation>
    </message>
    <message>
        <source>&amp;Skip the step</source>
        <translation>&amp;Hopp over steget</translation>
    </message>
    <message>
        <source>Once &amp;more, slowly</source>
        <translation>Én gang til, &amp;sakte</translation>
    </message>
    <message>
        <source>The last failover, a thousand times as slow</source>
        <translation>Den siste failoveren, tusen ganger så sakte</translation>
    </message>
    <message>
        <source>&amp;End the lesson</source>
        <translation>&amp;Avslutt leksjonen</translation>
    </message>
</context>
<context>
    <name>MonitorOptions</name>
    <message>
        <source>Watches a pool of RSerPool: registrars, elements, users, sessions. Rewinds to the milliseconds of a failover.</source>
        <translation>Observerer en RSerPool-pool: registrarer, elementer, brukere, sesjoner. Spoler tilbake til millisekundene i en failover.</translation>
    </message>
    <message>
        <source>layered, ring, hosts, grid or picture.</source>
        <translation>layered, ring, hosts, grid eller picture.</translation>
    </message>
    <message>
        <source>Play a scenario (*.rsdemo); if it has a lesson, teach that.</source>
        <translation>Spill av et scenario (*.rsdemo); har det en leksjon, undervis den.</translation>
    </message>
    <message>
        <source>--layout: “%1” is none of layered, ring, hosts, grid, picture</source>
        <translation>--layout: «%1» er ingen av layered, ring, hosts, grid, picture</translation>
    </message>
    <message>
        <source>A scenario has a pool of its own: without --replay and --control</source>
        <translation>Et scenario har sin egen pool: uten --replay og --control</translation>
    </message>
    <message>
        <source>The scenario %1 cannot be read</source>
        <translation>Scenarioet %1 kan ikke leses</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>A registrar to ask, besides those that announce themselves. May be repeated.</source>
        <translation>En registrar å spørre, i tillegg til dem som kunngjør seg selv. Kan gjentas.</translation>
    </message>
    <message>
        <source>Handle of the pool (FractalGeneratorPool).</source>
        <translation>Poolens handle (FractalGeneratorPool).</translation>
    </message>
    <message>
        <source>Timers: rsplib, rfc, demo or fast (rsplib).</source>
        <translation>Tidsgrenser: rsplib, rfc, demo eller fast (rsplib).</translation>
    </message>
    <message>
        <source>SCTP of the kernel, of this program, or both: kernel, user or auto (auto).</source>
        <translation>SCTP fra kjernen, fra dette programmet, eller begge: kernel, user eller auto (auto).</translation>
    </message>
    <message>
        <source>Also use the local network. Nothing there is authenticated.</source>
        <translation>Bruk også lokalnettet. Ingenting er autentisert der.</translation>
    </message>
    <message>
        <source>In which viewers on this host find this program (default).</source>
        <translation>I hvilket område visningsprogrammer på denne verten finner dette programmet (default).</translation>
    </message>
    <message>
        <source>A monitor that gets status reports (CSP_SERVER, or none).</source>
        <translation>En monitor som får statusrapporter (CSP_SERVER, eller ingen).</translation>
    </message>
    <message>
        <source>Time between two status reports (CSP_INTERVAL, or 1s).</source>
        <translation>Tid mellom to statusrapporter (CSP_INTERVAL, eller 1s).</translation>
    </message>
    <message>
        <source>Record what happens in NAME.kolam.pcapng.</source>
        <translation>Ta opp det som skjer, i NAME.kolam.pcapng.</translation>
    </message>
    <message>
        <source>Sessions that compute at the same time, 1 to 64 (6).</source>
        <translation>Sesjoner som beregner samtidig, 1 til 64 (6).</translation>
    </message>
    <message>
        <source>Size of the window in pixels.</source>
        <translation>Størrelsen på vinduet i piksler.</translation>
    </message>
    <message>
        <source>Size of the picture in points; by default that of the space in the window.</source>
        <translation>Størrelsen på bildet i punkter; ellers så stor som plassen i vinduet.</translation>
    </message>
    <message>
        <source>Begin with this parameter file.</source>
        <translation>Begynn med denne parameterfilen.</translation>
    </message>
    <message>
        <source>Control socket of “kolam demo”: the window can kill and restart its elements.</source>
        <translation>Kontrollsocket til «kolam demo»: vinduet kan drepe elementene og starte dem på nytt.</translation>
    </message>
    <message>
        <source>dark, light, presenter or contrast.</source>
        <translation>dark, light, presenter eller contrast.</translation>
    </message>
    <message>
        <source>Colours, for example doorstep, viridis or hues.</source>
        <translation>Farger, for eksempel doorstep, viridis eller hues.</translation>
    </message>
    <message>
        <source>What lies over the picture: none, elements, sessions, failovers or times.</source>
        <translation>Hva som ligger over bildet: none, elements, sessions, failovers eller times.</translation>
    </message>
    <message>
        <source>Save a picture of the window.</source>
        <translation>Lagre et bilde av vinduet.</translation>
    </message>
    <message>
        <source>Save the screenshot after so many seconds (1).</source>
        <translation>Lagre skjermbildet etter så mange sekunder (1).</translation>
    </message>
    <message>
        <source>Save the screenshot when the picture is complete, not at once.</source>
        <translation>Lagre skjermbildet når bildet er ferdig, ikke med en gang.</translation>
    </message>
    <message>
        <source>When complete, save all iteration counts: 32-bit big endian, row by row.</source>
        <translation>Når bildet er ferdig, lagre alle iterasjonstall: 32 bit big endian, rad for rad.</translation>
    </message>
    <message>
        <source>When complete, or at the end, save an account as JSON.</source>
        <translation>Når bildet er ferdig, eller til slutt, lagre en rapport som JSON.</translation>
    </message>
    <message>
        <source>End when the picture is complete.</source>
        <translation>Avslutt når bildet er ferdig.</translation>
    </message>
    <message>
        <source>Forget layout, theme and choices of earlier runs.</source>
        <translation>Glem oppsett, tema og valg fra tidligere kjøringer.</translation>
    </message>
    <message>
        <source>Show this text.</source>
        <translation>Vis denne teksten.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Vis versjonen.</translation>
    </message>
    <message>
        <source>--scope: “%1” is no name such as default or class-1.</source>
        <translation>--scope: «%1» er ikke et navn som default eller class-1.</translation>
    </message>
    <message>
        <source>--csp-server: “%1” is no address such as 127.0.0.1:2960.</source>
        <translation>--csp-server: «%1» er ikke en adresse som 127.0.0.1:2960.</translation>
    </message>
    <message>
        <source>--csp-interval: “%1” is no time such as 250ms or 1s.</source>
        <translation>--csp-interval: «%1» er ikke en tid som 250ms eller 1s.</translation>
    </message>
    <message>
        <source>--registrar: “%1” is no address such as 127.0.0.1:3863 or [::1]:3863.</source>
        <translation>--registrar: «%1» er ikke en adresse som 127.0.0.1:3863 eller [::1]:3863.</translation>
    </message>
    <message>
        <source>--pool: the handle must not be empty.</source>
        <translation>--pool: handle kan ikke være tomt.</translation>
    </message>
    <message>
        <source>--profile: “%1” is none of rsplib, rfc, demo, fast.</source>
        <translation>--profile: «%1» er verken rsplib, rfc, demo eller fast.</translation>
    </message>
    <message>
        <source>--transport: “%1” is none of auto, user, kernel.</source>
        <translation>--transport: «%1» er verken auto, user eller kernel.</translation>
    </message>
    <message>
        <source>--theme: “%1” is none of dark, light, presenter, contrast.</source>
        <translation>--theme: «%1» er verken dark, light, presenter eller contrast.</translation>
    </message>
    <message>
        <source>--palette: “%1” is none of %2.</source>
        <translation>--palette: «%1» finnes ikke blant %2.</translation>
    </message>
    <message>
        <source>--overlay: “%1” is none of %2.</source>
        <translation>--overlay: «%1» finnes ikke blant %2.</translation>
    </message>
    <message>
        <source>--sessions: “%1” is no number from 1 to 64.</source>
        <translation>--sessions: «%1» er ikke et tall fra 1 til 64.</translation>
    </message>
    <message>
        <source>--size: “%1” is no size such as 1440x900.</source>
        <translation>--size: «%1» er ikke en størrelse som 1440x900.</translation>
    </message>
    <message>
        <source>--image: “%1” is no size such as 1920x1080, up to %2 each way.</source>
        <translation>--image: «%1» er ikke en størrelse som 1920x1080, opptil %2 hver vei.</translation>
    </message>
    <message>
        <source>--fsf: the file “%1” cannot be read.</source>
        <translation>--fsf: filen «%1» kan ikke leses.</translation>
    </message>
    <message>
        <source>--at: “%1” is no number of seconds up to 3600.</source>
        <translation>--at: «%1» er ikke et antall sekunder opptil 3600.</translation>
    </message>
    <message>
        <source>--%1: there is no folder for “%2”.</source>
        <translation>--%1: det finnes ingen mappe for «%2».</translation>
    </message>
    <message>
        <source>Fractals, computed by a pool of servers that may fail.</source>
        <translation>Fraktaler, beregnet av en pool av tjenere som kan svikte.</translation>
    </message>
    <message>
        <source>“%1” belongs to no option.</source>
        <translation>«%1» hører ikke til noe valg.</translation>
    </message>
    <message>
        <source>Compute this parameter file, or saved picture, into the PNG file that is named after it, without a window; --size is the picture’s then.</source>
        <translation>Beregn denne parameterfilen, eller det lagrede bildet, uten vindu til PNG-filen som nevnes etter den; --size er da bildets størrelse.</translation>
    </message>
    <message>
        <source>With --render: so many points a pixel in each direction, 1 to 4 (1).</source>
        <translation>Med --render: så mange punkter per piksel i hver retning, 1 til 4 (1).</translation>
    </message>
    <message>
        <source>--render: the file “%1” cannot be read.</source>
        <translation>--render: Filen «%1» kan ikke leses.</translation>
    </message>
    <message>
        <source>--render: name one PNG file to write, for example picture.png.</source>
        <translation>--render: Nevn én PNG-fil som skal skrives, for eksempel bilde.png.</translation>
    </message>
    <message>
        <source>--render: there is no folder for “%1”.</source>
        <translation>--render: Det finnes ingen mappe for «%1».</translation>
    </message>
    <message>
        <source>--antialias: “%1” is no number from 1 to 4.</source>
        <translation>--antialias: «%1» er ikke et tall fra 1 til 4.</translation>
    </message>
    <message>
        <source>--antialias: the picture is too wide for so many points.</source>
        <translation>--antialias: Bildet er for bredt for så mange punkter.</translation>
    </message>
    <message>
        <source>With --render: so many pictures of the way from the whole set to the place, NAME-0001.png and on, 1 to 9999 (1).</source>
        <translation>Med --render: så mange bilder av veien fra hele mengden til stedet, fra NAME-0001.png, 1 til 9999 (1).</translation>
    </message>
    <message>
        <source>Show the gallery, one picture after the other.</source>
        <translation>Vis galleriet, ett bilde etter ett annet.</translation>
    </message>
    <message>
        <source>--frames: “%1” is no number from 1 to 9999.</source>
        <translation>--frames: «%1» er ikke et tall fra 1 til 9999.</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>Picture only</source>
        <translation>Bare bildet</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elementer</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sesjoner</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovere</translation>
    </message>
    <message>
        <source>Tile times</source>
        <translation>Flistider</translation>
    </message>
    <message>
        <source>F%1 %2</source>
        <translation>F%1 %2</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Doorstep</source>
        <translation>Dørtrinn</translation>
    </message>
    <message>
        <source>Midnight sun</source>
        <translation>Midnattssol</translation>
    </message>
    <message>
        <source>Ocean</source>
        <translation>Hav</translation>
    </message>
    <message>
        <source>Fire</source>
        <translation>Ild</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>Cividis</translation>
    </message>
    <message>
        <source>Magma</source>
        <translation>Magma</translation>
    </message>
    <message>
        <source>Forest</source>
        <translation>Skog</translation>
    </message>
    <message>
        <source>Twilight</source>
        <translation>Skumring</translation>
    </message>
    <message>
        <source>Ice and amber</source>
        <translation>Is og rav</translation>
    </message>
    <message>
        <source>Orchid</source>
        <translation>Orkidé</translation>
    </message>
    <message>
        <source>Graphite</source>
        <translation>Grafitt</translation>
    </message>
    <message>
        <source>Okabe-Ito</source>
        <translation>Okabe-Ito</translation>
    </message>
    <message>
        <source>Classic hues</source>
        <translation>Klassiske fargetoner</translation>
    </message>
    <message>
        <source>Sunset</source>
        <translation>Solnedgang</translation>
    </message>
    <message>
        <source>Aurora</source>
        <translation>Nordlys</translation>
    </message>
    <message>
        <source>Peacock</source>
        <translation>Påfugl</translation>
    </message>
    <message>
        <source>Rose gold</source>
        <translation>Rosegull</translation>
    </message>
    <message>
        <source>Copper</source>
        <translation>Kobber</translation>
    </message>
    <message>
        <source>Neon</source>
        <translation>Neon</translation>
    </message>
    <message>
        <source>Of your own</source>
        <translation>Egen</translation>
    </message>
</context>
<context>
    <name>PictureFile</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kan ikke skrives: %2</translation>
    </message>
    <message>
        <source>%1 is no picture that kolam-fractal has saved.</source>
        <translation>%1 er ikke et bilde som kolam-fractal har lagret.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 kan ikke leses: %2</translation>
    </message>
</context>
<context>
    <name>PoolRows</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 av %2</translation>
    </message>
    <message>
        <source>nobody serves</source>
        <translation>ingen betjener</translation>
    </message>
    <message>
        <source>well</source>
        <translation>i orden</translation>
    </message>
    <message numerus="yes">
        <source>%n in trouble</source>
        <translation>
            <numerusform>%n med problemer</numerusform>
            <numerusform>%n med problemer</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 up</source>
        <translation>%1 av %2 aktive</translation>
    </message>
    <message>
        <source>Pool, element</source>
        <translation>Pool, element</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>Pool handle; PE identifier of 32 bits, unique in its pool (RFC 5352)</source>
        <translation>Poolens handle; PE-identifikator på 32 bit, entydig i poolen (RFC 5352)</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Pool handle (RFC 5352)</source>
        <translation>Poolens handle (RFC 5352)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tilstand</translation>
    </message>
    <message>
        <source>One of nine; see the chips above</source>
        <translation>Én av ni; se merkene ovenfor</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Hvorfor</translation>
    </message>
    <message>
        <source>Why it is in this state; ≈: it follows from what others say</source>
        <translation>Hvorfor det er i denne tilstanden; ≈: følger av det andre sier</translation>
    </message>
    <message>
        <source>Says who</source>
        <translation>Ifølge</translation>
    </message>
    <message>
        <source>Whose word that is</source>
        <translation>Hvem som sier det</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Varighet</translation>
    </message>
    <message>
        <source>How long it has been so</source>
        <translation>Hvor lenge det har vært slik</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Aktive</translation>
    </message>
    <message>
        <source>Elements of the pool that serve</source>
        <translation>Elementer i poolen som betjener brukere</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>How registrars choose an element (RFC 5356)</source>
        <translation>Utvalgsregel: hvordan registrarer velger et element (RFC 5356)</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Of an element, by its own word or its registration; of a pool, the mean of those that are up</source>
        <translation>For et element, ifølge det selv eller registreringen; for en pool, middelverdien av de aktive</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Høyest</translation>
    </message>
    <message>
        <source>The highest load in the pool</source>
        <translation>Den høyeste lasten i poolen</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sesjoner</translation>
    </message>
    <message>
        <source>That stand, by the word of users and elements</source>
        <translation>Som står, ifølge brukere og elementer</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovere</translation>
    </message>
    <message>
        <source>Sessions that had to leave it, as far back as is remembered</source>
        <translation>Sesjoner som måtte forlate det, så langt tilbake som det huskes</translation>
    </message>
    <message>
        <source>Failover p95</source>
        <translation>Failover p95</translation>
    </message>
    <message>
        <source>19 of 20 failovers took no longer</source>
        <translation>19 av 20 failovere tok ikke lengre tid</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Hjemme</translation>
    </message>
    <message>
        <source>Its home registrar, which watches it (RFC 5353)</source>
        <translation>Hjemmeregistraren, som overvåker det (RFC 5353)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Where users reach it</source>
        <translation>Hvor brukere når det</translation>
    </message>
    <message>
        <source>Life</source>
        <translation>Levetid</translation>
    </message>
    <message>
        <source>Registration life: it must register again within it (RFC 5352)</source>
        <translation>Registreringens levetid: innen da må det registrere seg på nytt (RFC 5352)</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Meldinger</translation>
    </message>
    <message>
        <source>ASAP_ENDPOINT_UNREACHABLE about it since it was last heard (RFC 5352)</source>
        <translation>ASAP_ENDPOINT_UNREACHABLE om det siden det sist ble hørt (RFC 5352)</translation>
    </message>
    <message>
        <source>Known to</source>
        <translation>Kjent for</translation>
    </message>
    <message>
        <source>Registrars that have it in their handlespace</source>
        <translation>Registrarer som har det i handlespacet sitt</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>Avvik</translation>
    </message>
    <message>
        <source>What registrars differ about</source>
        <translation>Hva registrarene er uenige om</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Avvist</translation>
    </message>
    <message>
        <source>Sessions it had no place for</source>
        <translation>Sesjoner det ikke hadde plass til</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prosess</translation>
    </message>
    <message>
        <source>≈ elements that only report</source>
        <translation>≈ elementer som bare rapporterer</translation>
    </message>
</context>
<context>
    <name>PoolViewActions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fil</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>A&amp;vslutt</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Lukk vinduet</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hjelp</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Kommandoer…</translation>
    </message>
    <message>
        <source>Find what to do by its name</source>
        <translation>Finn en kommando etter navnet</translation>
    </message>
    <message>
        <source>&amp;Keys and gestures</source>
        <translation>&amp;Taster og bevegelser</translation>
    </message>
    <message>
        <source>&amp;About kolam-poolview</source>
        <translation>&amp;Om kolam-poolview</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Utvalg</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Finn…</translation>
    </message>
    <message>
        <source>Rows with all these words, in any column</source>
        <translation>Rader med alle disse ordene, i hvilken som helst kolonne</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>Bare %1</translation>
    </message>
    <message>
        <source>&amp;Everything</source>
        <translation>&amp;Alt</translation>
    </message>
    <message>
        <source>All states, no words</source>
        <translation>Alle tilstander, ingen søkeord</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Vis</translation>
    </message>
    <message>
        <source>&amp;Pools</source>
        <translation>&amp;Pooler</translation>
    </message>
    <message>
        <source>&amp;Elements</source>
        <translation>&amp;Elementer</translation>
    </message>
    <message>
        <source>&amp;Registrars</source>
        <translation>&amp;Registrarer</translation>
    </message>
    <message>
        <source>&amp;Sessions</source>
        <translation>&amp;Sesjoner</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Kolonner</translation>
    </message>
    <message>
        <source>Co&amp;mpact rows</source>
        <translation>Ko&amp;mpakte rader</translation>
    </message>
    <message>
        <source>More of them on the screen</source>
        <translation>Flere av dem på skjermen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>Farge&amp;tema</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Mørkt</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Lyst</translation>
    </message>
    <message>
        <source>&amp;Presenter</source>
        <translation>&amp;Presentasjon</translation>
    </message>
    <message>
        <source>High &amp;contrast</source>
        <translation>Høy &amp;kontrast</translation>
    </message>
    <message>
        <source>P&amp;anels</source>
        <translation>P&amp;aneler</translation>
    </message>
    <message>
        <source>&amp;Wall</source>
        <translation>&amp;Veggvisning</translation>
    </message>
    <message>
        <source>The whole screen, large letters, one table after the other, no pointer</source>
        <translation>Hele skjermen, stor skrift, én tabell etter den andre, ingen peker</translation>
    </message>
    <message>
        <source>Leave the wa&amp;ll</source>
        <translation>For&amp;lat veggvisningen</translation>
    </message>
    <message>
        <source>Everything as at &amp;first</source>
        <translation>T&amp;ilbakestill alt</translation>
    </message>
    <message>
        <source>Panels and columns</source>
        <translation>Paneler og kolonner</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Tid</translation>
    </message>
    <message>
        <source>&amp;Pause or play</source>
        <translation>&amp;Pause eller spill av</translation>
    </message>
    <message>
        <source>Stand still, or go on from here</source>
        <translation>Stå stille, eller fortsett herfra</translation>
    </message>
    <message>
        <source>Event &amp;before</source>
        <translation>&amp;Forrige hendelse</translation>
    </message>
    <message>
        <source>Event &amp;after</source>
        <translation>&amp;Neste hendelse</translation>
    </message>
    <message>
        <source>To the be&amp;ginning</source>
        <translation>Til &amp;begynnelsen</translation>
    </message>
    <message>
        <source>To &amp;now</source>
        <translation>&amp;Til nå</translation>
    </message>
    <message>
        <source>Show what is, as it happens</source>
        <translation>Vis det som skjer, mens det skjer</translation>
    </message>
    <message>
        <source>&amp;Slower</source>
        <translation>&amp;Saktere</translation>
    </message>
    <message>
        <source>Down to a thousandth</source>
        <translation>Ned til en tusendel</translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation>&amp;Raskere</translation>
    </message>
    <message>
        <source>Whole &amp;time line</source>
        <translation>&amp;Hele tidslinjen</translation>
    </message>
    <message>
        <source>A&amp;greement of registrars</source>
        <translation>Eni&amp;ghet mellom registrarer</translation>
    </message>
    <message>
        <source>Save this &amp;table…</source>
        <translation>Lagre denne &amp;tabellen…</translation>
    </message>
    <message>
        <source>Save &amp;load over time…</source>
        <translation>Lagre &amp;last over tid…</translation>
    </message>
    <message>
        <source>Save all that is &amp;known…</source>
        <translation>Lagre &amp;alt som er kjent…</translation>
    </message>
    <message>
        <source>The model of this moment as JSON</source>
        <translation>Modellen av dette øyeblikket som JSON</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>&amp;Kopier rader</translation>
    </message>
    <message>
        <source>Those that are selected, or all, for a spreadsheet</source>
        <translation>De valgte, eller alle, for et regneark</translation>
    </message>
    <message>
        <source>&amp;Operate</source>
        <translation>&amp;Drift</translation>
    </message>
    <message>
        <source>&amp;Drain</source>
        <translation>&amp;Tøm</translation>
    </message>
    <message>
        <source>&amp;Maintenance</source>
        <translation>&amp;Vedlikehold</translation>
    </message>
    <message>
        <source>&amp;Close sessions</source>
        <translation>&amp;Lukk sesjoner</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>&amp;Restart</source>
        <translation>Start på &amp;nytt</translation>
    </message>
    <message>
        <source>Find e&amp;vents…</source>
        <translation>Finn &amp;hendelser…</translation>
    </message>
    <message>
        <source>By object, kind and time, in all that is kept</source>
        <translation>Etter objekt, slag og tid, i alt som er tatt vare på</translation>
    </message>
    <message>
        <source>Serve &amp;again</source>
        <translation>Tjen i&amp;gjen</translation>
    </message>
    <message>
        <source>The rows that are shown: with all columns as CSV or JSON, as they stand as PDF</source>
        <translation>Radene som vises: med alle kolonner som CSV eller JSON, slik de står som PDF</translation>
    </message>
    <message>
        <source>As SVG, PNG or PDF</source>
        <translation>Som SVG, PNG eller PDF</translation>
    </message>
</context>
<context>
    <name>PoolViewOptions</name>
    <message>
        <source>Keeps an eye on pools of RSerPool: are all elements up, do all registrars agree, how busy is everybody, and if not, since when and who says so?</source>
        <translation>Holder øye med RSerPool-pooler: er alle elementer aktive, er alle registrarer enige, hvor travle er alle, og hvis ikke: siden når, og hvem sier det?</translation>
    </message>
    <message>
        <source>What is shown first: %1.</source>
        <translation>Hva som vises først: %1.</translation>
    </message>
    <message>
        <source>--view: “%1” is none of %2</source>
        <translation>--view: «%1» finnes ikke blant %2</translation>
    </message>
    <message>
        <source>Let components be drained, stopped and restarted from here; else the window only watches.</source>
        <translation>La komponenter tømmes, stoppes og startes på nytt herfra; ellers observerer vinduet bare.</translation>
    </message>
    <message>
        <source>Where operations are written down (%1).</source>
        <translation>Hvor inngrep skrives ned (%1).</translation>
    </message>
    <message>
        <source>--allow-control: a recording cannot be changed</source>
        <translation>--allow-control: et opptak kan ikke endres</translation>
    </message>
    <message>
        <source>What is selected when it appears, for example element-0x0a000001.</source>
        <translation>Hva som velges når det dukker opp, for eksempel element-0x0a000001.</translation>
    </message>
    <message>
        <source>Keep what happens in this folder, as recordings; the oldest go.</source>
        <translation>Ta vare på det som skjer i denne mappen, som opptak; de eldste går ut.</translation>
    </message>
    <message>
        <source>Megabytes that are kept at most (1000).</source>
        <translation>Megabyte som det høyst tas vare på (1000).</translation>
    </message>
    <message>
        <source>--select: “%1” is no component</source>
        <translation>--select: «%1» er ingen komponent</translation>
    </message>
    <message>
        <source>--history-size: “%1” is not from 16 to 1000000</source>
        <translation>--history-size: «%1» er ikke mellom 16 og 1000000</translation>
    </message>
</context>
<context>
    <name>RegistrarRows</name>
    <message numerus="yes">
        <source>%n heard</source>
        <translation>
            <numerusform>%n hørt</numerusform>
            <numerusform>%n hørt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 heard, %2 silent</source>
        <translation>%1 hørt, %2 tause</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>enig</translation>
    </message>
    <message numerus="yes">
        <source>%n element(s) differ</source>
        <translation>
            <numerusform>%n element avviker</numerusform>
            <numerusform>%n elementer avviker</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Registrar</source>
        <translation>Registrar</translation>
    </message>
    <message>
        <source>Server identifier of 32 bits (RFC 5353)</source>
        <translation>Tjeneridentifikator på 32 bit (RFC 5353)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tilstand</translation>
    </message>
    <message>
        <source>One of nine; see the chips above</source>
        <translation>Én av ni; se merkene ovenfor</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Hvorfor</translation>
    </message>
    <message>
        <source>Why it is in this state; ≈: it follows from what others say</source>
        <translation>Grunnen til denne tilstanden; ≈: følger av det andre sier</translation>
    </message>
    <message>
        <source>Says who</source>
        <translation>Ifølge</translation>
    </message>
    <message>
        <source>Whose word that is</source>
        <translation>Hvem som sier det</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Varighet</translation>
    </message>
    <message>
        <source>How long it has been so</source>
        <translation>Hvor lenge det har vært slik</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>Peers</translation>
    </message>
    <message>
        <source>Other registrars, as it hears their ENRP_PRESENCE (RFC 5353)</source>
        <translation>Andre registrarer, ettersom den hører ENRP_PRESENCE fra dem (RFC 5353)</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elementer</translation>
    </message>
    <message>
        <source>In its handlespace</source>
        <translation>I handlespacet dens</translation>
    </message>
    <message>
        <source>Owns</source>
        <translation>Egne</translation>
    </message>
    <message>
        <source>Elements whose home it is</source>
        <translation>Elementer som har den som hjemmeregistrar</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>Sjekksum</translation>
    </message>
    <message>
        <source>Over all elements that it knows, computed as the PE checksum of RFC 5353: equal handlespaces have equal ones</source>
        <translation>Over alle elementer den kjenner, beregnet som PE-sjekksummen i RFC 5353: like handlespace har like sjekksummer</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Enighet</translation>
    </message>
    <message>
        <source>Elements that it does not know, or takes to be another registrar&apos;s</source>
        <translation>Elementer den ikke kjenner, eller tilordner en annen registrar</translation>
    </message>
    <message>
        <source>Registrations</source>
        <translation>Registreringer</translation>
    </message>
    <message>
        <source>Since it started, repeated ones included</source>
        <translation>Siden den startet, gjentatte medregnet</translation>
    </message>
    <message>
        <source>Resolutions</source>
        <translation>Oppslag</translation>
    </message>
    <message>
        <source>Questions of users since it started</source>
        <translation>Forespørsler fra brukere siden den startet</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Meldinger</translation>
    </message>
    <message>
        <source>ASAP_ENDPOINT_UNREACHABLE since it started</source>
        <translation>ASAP_ENDPOINT_UNREACHABLE siden den startet</translation>
    </message>
    <message>
        <source>Takeovers</source>
        <translation>Overtakelser</translation>
    </message>
    <message>
        <source>Of dead registrars&apos; elements by this one</source>
        <translation>Av elementene til registrarer som er falt ut, utført av denne</translation>
    </message>
    <message>
        <source>Last one took</source>
        <translation>Siste tok</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prosess</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Bruker</translation>
    </message>
    <message>
        <source>Whose session it is</source>
        <translation>Hvem sesjonen tilhører</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesjon</translation>
    </message>
    <message>
        <source>Its number with this user</source>
        <translation>Nummeret hos denne brukeren</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>Which serves it, is asked to, or was lost</source>
        <translation>Som betjener den, blir bedt om det, eller er tapt</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovere</translation>
    </message>
    <message>
        <source>Of this session</source>
        <translation>I denne sesjonen</translation>
    </message>
    <message>
        <source>It waits</source>
        <translation>Den venter</translation>
    </message>
    <message>
        <source>%1 says %2</source>
        <translation>%1 sier %2</translation>
    </message>
    <message>
        <source>not known to %1</source>
        <translation>ikke kjent for %1</translation>
    </message>
    <message>
        <source>home: %1</source>
        <translation>hjemme: %1</translation>
    </message>
    <message>
        <source>About which registrars differ</source>
        <translation>Som registrarene er uenige om</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Avvik</translation>
    </message>
    <message>
        <source>Who does not know it, and whom each takes for its home</source>
        <translation>Hvem som ikke kjenner det, og hvem hver av dem regner som hjemmeregistrar</translation>
    </message>
    <message>
        <source>How long registrars have differed about it</source>
        <translation>Hvor lenge registrarene har vært uenige om det</translation>
    </message>
    <message>
        <source>Known to</source>
        <translation>Kjent for</translation>
    </message>
</context>
<context>
    <name>Render</name>
    <message>
        <source>ended before the picture was complete</source>
        <translation>avsluttet før bildet var ferdig</translation>
    </message>
    <message>
        <source>compatible mode: banded colours. No element of the pool knows smooth fractals.</source>
        <translation>kompatibel modus: trinnvise farger. Ingen elementer i poolen kjenner jevne fraktaler.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>owns %1</source>
        <translation>eier %1</translation>
    </message>
    <message>
        <source>%1 of %2 up</source>
        <translation>%1 av %2 aktive</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Komponent</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tilstand</translation>
    </message>
    <message>
        <source>Does</source>
        <translation>Gjør</translation>
    </message>
    <message>
        <source>Registrars</source>
        <translation>Registrarer</translation>
    </message>
    <message>
        <source>Pool %1</source>
        <translation>Pool %1</translation>
    </message>
    <message>
        <source>Pool users</source>
        <translation>Poolbrukere</translation>
    </message>
    <message>
        <source>looks for an element</source>
        <translation>leter etter et element</translation>
    </message>
    <message>
        <source>connects</source>
        <translation>kobler til</translation>
    </message>
    <message>
        <source>stands</source>
        <translation>står</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>venter</translation>
    </message>
    <message>
        <source>fails over</source>
        <translation>i failover</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Bruker</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesjon</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovere</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Når</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Fra</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Til</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Varte</translation>
    </message>
    <message>
        <source>Redone</source>
        <translation>Gjentatt</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Hvorfor</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>pågår</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Hva</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Verdi</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Home registrar</source>
        <translation>Hjemmeregistrar</translation>
    </message>
    <message>
        <source>Known to</source>
        <translation>Kjent for</translation>
    </message>
    <message numerus="yes">
        <source>%n registrar(s)</source>
        <translation>
            <numerusform>%n registrar</numerusform>
            <numerusform>%n registrarer</numerusform>
        </translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Utvalgsregel</translation>
    </message>
    <message>
        <source>Registration life</source>
        <translation>Registreringens levetid</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Reported unreachable</source>
        <translation>Meldt som utilgjengelig</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Kilde</translation>
    </message>
    <message>
        <source>≈ known by registrars only</source>
        <translation>≈ kjent bare fra registrarer</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Sessions it serves</source>
        <translation>Sesjoner det betjener</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Avvist</translation>
    </message>
    <message>
        <source>Registrar</source>
        <translation>Registrar</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elementer</translation>
    </message>
    <message>
        <source>%1, of which it owns %2</source>
        <translation>%1, hvorav egne: %2</translation>
    </message>
    <message>
        <source>Registrations</source>
        <translation>Registreringer</translation>
    </message>
    <message>
        <source>Resolutions</source>
        <translation>Oppslag</translation>
    </message>
    <message>
        <source>Peer %1</source>
        <translation>Peer %1</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stum</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>hørt</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>Sesjon %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Fault %1</source>
        <translation>Feil %1</translation>
    </message>
    <message>
        <source>Associations</source>
        <translation>Assosiasjoner</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prosess</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>Melder</translation>
    </message>
    <message>
        <source>In this state since</source>
        <translation>I denne tilstanden siden</translation>
    </message>
    <message>
        <source>≈ its reports (CSP)</source>
        <translation>≈ rapportene fra den (CSP)</translation>
    </message>
    <message>
        <source>its stream of events</source>
        <translation>hendelsesstrømmen fra den</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n session(s)</source>
        <translation>
            <numerusform>%1, %n sesjon</numerusform>
            <numerusform>%1, %n sesjoner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n sesjon</numerusform>
            <numerusform>%n sesjoner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n gang</numerusform>
            <numerusform>%n ganger</numerusform>
        </translation>
    </message>
    <message>
        <source>Elements, by reports alone</source>
        <translation>Elementer, bare fra rapporter</translation>
    </message>
</context>
<context>
    <name>RunFigures</name>
    <message>
        <source>Length</source>
        <translation>Varighet</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovere</translation>
    </message>
    <message>
        <source>Half of them took no longer than</source>
        <translation>Halvparten av dem tok høyst</translation>
    </message>
    <message>
        <source>95 of 100 took no longer than</source>
        <translation>95 av 100 tok høyst</translation>
    </message>
    <message>
        <source>The longest</source>
        <translation>Den lengste</translation>
    </message>
    <message>
        <source>With a cookie</source>
        <translation>Med cookie</translation>
    </message>
    <message>
        <source>Work done again</source>
        <translation>Arbeid gjort på nytt</translation>
    </message>
    <message>
        <source>Takeovers</source>
        <translation>Overtakelser</translation>
    </message>
    <message>
        <source>Elements removed</source>
        <translation>Fjernede elementer</translation>
    </message>
    <message>
        <source>Attempts to connect</source>
        <translation>Tilkoblingsforsøk</translation>
    </message>
    <message>
        <source>Sessions refused</source>
        <translation>Avviste sesjoner</translation>
    </message>
    <message>
        <source>Resolutions</source>
        <translation>Oppslag</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Hendelser</translation>
    </message>
    <message>
        <source>Events lost</source>
        <translation>Tapte hendelser</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>%1s</source>
        <comment>seconds, as short as it can be</comment>
        <translation>%1s</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 kan ikke skrives</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kan ikke skrives: %2</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Lagret som %1.</translation>
    </message>
</context>
<context>
    <name>ScenarioLab</name>
    <message>
        <source>A lab cannot be talked to</source>
        <translation>Det går ikke an å snakke med en lab</translation>
    </message>
    <message>
        <source>The lab cannot be started: %1</source>
        <translation>Laben kan ikke startes: %1</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>is starting</source>
        <translation>starter</translation>
    </message>
    <message>
        <source>looks for a registrar</source>
        <translation>leter etter en registrar</translation>
    </message>
    <message>
        <source>asks to be registered</source>
        <translation>ber om å bli registrert</translation>
    </message>
    <message>
        <source>was rejected by its registrar</source>
        <translation>ble avvist av registraren</translation>
    </message>
    <message>
        <source>is at work</source>
        <translation>er i drift</translation>
    </message>
    <message>
        <source>is draining</source>
        <translation>tømmes</translation>
    </message>
    <message>
        <source>is leaving</source>
        <translation>er på vei ut</translation>
    </message>
    <message>
        <source>it has deregistered</source>
        <translation>det har meldt seg av</translation>
    </message>
    <message>
        <source>its association is lost</source>
        <translation>assosiasjonen er brutt</translation>
    </message>
    <message>
        <source>it did not answer a keep-alive</source>
        <translation>det svarte ikke på en keep-alive</translation>
    </message>
    <message>
        <source>users do not reach it</source>
        <translation>brukere når det ikke</translation>
    </message>
    <message>
        <source>its registration has expired</source>
        <translation>registreringen er utløpt</translation>
    </message>
    <message>
        <source>its home registrar says so</source>
        <translation>hjemmeregistraren sier det</translation>
    </message>
    <message>
        <source>PR %1</source>
        <translation>PR %1</translation>
    </message>
    <message>
        <source>PE %1</source>
        <translation>PE %1</translation>
    </message>
    <message>
        <source>PU %1</source>
        <translation>PU %1</translation>
    </message>
    <message>
        <source>lab</source>
        <translation>lab</translation>
    </message>
    <message>
        <source>registrar</source>
        <translation>registrar</translation>
    </message>
    <message>
        <source>pool element</source>
        <translation>poolelement</translation>
    </message>
    <message>
        <source>pool user</source>
        <translation>poolbruker</translation>
    </message>
    <message>
        <source>director</source>
        <translation>regi</translation>
    </message>
    <message>
        <source>component</source>
        <translation>komponent</translation>
    </message>
    <message>
        <source>%1 ns</source>
        <translation>%1 ns</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>the association was lost</source>
        <translation>assosiasjonen ble brutt</translation>
    </message>
    <message>
        <source>the element has ended the association</source>
        <translation>elementet har avsluttet assosiasjonen</translation>
    </message>
    <message>
        <source>the element did not answer a keep-alive</source>
        <translation>elementet svarte ikke på en keep-alive</translation>
    </message>
    <message>
        <source>no association could be set up</source>
        <translation>ingen assosiasjon kunne opprettes</translation>
    </message>
    <message>
        <source>the application asked for it</source>
        <translation>applikasjonen ba om det</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>tap</translation>
    </message>
    <message>
        <source>delay</source>
        <translation>forsinkelse</translation>
    </message>
    <message>
        <source>partition</source>
        <translation>partisjon</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>frosset</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>drept</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>stoppet</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>treg</translation>
    </message>
    <message>
        <source>overload</source>
        <translation>overlast</translation>
    </message>
    <message>
        <source>%1 is here: %2</source>
        <translation>%1 er her: %2</translation>
    </message>
    <message>
        <source>%1 says goodbye</source>
        <translation>%1 melder seg av</translation>
    </message>
    <message>
        <source>%1 says goodbye: %2</source>
        <translation>%1 melder seg av: %2</translation>
    </message>
    <message>
        <source>%1 is silent</source>
        <translation>%1 er taus</translation>
    </message>
    <message>
        <source>%1 is gone without a word</source>
        <translation>%1 forsvant uten å melde seg av</translation>
    </message>
    <message>
        <source>%1 is heard again, after %2</source>
        <translation>%1 høres igjen, etter %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 has %2 in pool %3, owned by %4</source>
        <translation>%1 har %2 i pool %3, eid av %4</translation>
    </message>
    <message>
        <source>%1 has registered with %2 again</source>
        <translation>%1 har registrert seg på nytt hos %2</translation>
    </message>
    <message>
        <source>%1 removes %2: %3</source>
        <translation>%1 fjerner %2: %3</translation>
    </message>
    <message>
        <source>%1 is owned by %2 now, and no more by %3</source>
        <translation>%1 eies nå av %2, og ikke lenger av %3</translation>
    </message>
    <message>
        <source>%1 hears that %2 is not reached</source>
        <translation>%1 får høre at %2 ikke nås</translation>
    </message>
    <message>
        <source>%1 hears %2</source>
        <translation>%1 hører %2</translation>
    </message>
    <message>
        <source>%1 has not heard %2 for too long</source>
        <translation>%1 har ikke hørt %2 på for lenge</translation>
    </message>
    <message>
        <source>%1 gives %2 up</source>
        <translation>%1 gir opp %2</translation>
    </message>
    <message>
        <source>%1 agrees that %2 takes over from %3</source>
        <translation>%1 samtykker i at %2 overtar fra %3</translation>
    </message>
    <message>
        <source>%1 has taken over from %2</source>
        <translation>%1 har overtatt fra %2</translation>
    </message>
    <message>
        <source>%1 opens session %2 with pool %3</source>
        <translation>%1 åpner sesjon %2 med pool %3</translation>
    </message>
    <message>
        <source>%1: session %2 goes on with %3</source>
        <translation>%1: sesjon %2 fortsetter med %3</translation>
    </message>
    <message>
        <source>%1: session %2 stands with %3</source>
        <translation>%1: sesjon %2 står med %3</translation>
    </message>
    <message>
        <source>%1: session %2 waits: %3</source>
        <translation>%1: sesjon %2 venter: %3</translation>
    </message>
    <message>
        <source>%1: session %2 has lost %3: %4</source>
        <translation>%1: sesjon %2 har mistet %3: %4</translation>
    </message>
    <message>
        <source>%1 tells its registrar that it does not reach %2</source>
        <translation>%1 melder til registraren at %2 ikke nås</translation>
    </message>
    <message>
        <source>%1: session %2 goes on with %3 instead of %4, after %5</source>
        <translation>%1: sesjon %2 fortsetter med %3 i stedet for %4, etter %5</translation>
    </message>
    <message>
        <source>%1 closes session %2</source>
        <translation>%1 lukker sesjon %2</translation>
    </message>
    <message>
        <source>Fault at %1: %2 %3</source>
        <translation>Feil hos %1: %2 %3</translation>
    </message>
    <message>
        <source>Fault at %1 has ended: %2</source>
        <translation>Feilen hos %1 er over: %2</translation>
    </message>
    <message>
        <source>no registrar</source>
        <translation>ingen registrar</translation>
    </message>
    <message>
        <source>no element</source>
        <translation>ingen elementer</translation>
    </message>
    <message>
        <source>all slots taken</source>
        <translation>alle plasser opptatt</translation>
    </message>
    <message>
        <source>no element reachable</source>
        <translation>ingen elementer kan nås</translation>
    </message>
    <message>
        <source>ends</source>
        <translation>avslutter</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n rad</numerusform>
            <numerusform>%n rader</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 wants to take over from %2: %n element(s)</source>
        <translation>
            <numerusform>%1 vil overta fra %2: %n element</numerusform>
            <numerusform>%1 vil overta fra %2: %n elementer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: session %2 hands its state to %3: %n octet(s)</source>
        <translation>
            <numerusform>%1: sesjon %2 overleverer tilstanden til %3: %n oktett</numerusform>
            <numerusform>%1: sesjon %2 overleverer tilstanden til %3: %n oktetter</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: session %2 has computed %3 again</source>
        <translation>%1: sesjon %2 har beregnet %3 på nytt</translation>
    </message>
    <message numerus="yes">
        <source>%1 goes on where another one stood: a state of %n octet(s)</source>
        <translation>
            <numerusform>%1 fortsetter der et annet slapp: en tilstand på %n oktett</numerusform>
            <numerusform>%1 fortsetter der et annet slapp: en tilstand på %n oktetter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 had to drop %n event(s)</source>
        <translation>
            <numerusform>%1 måtte forkaste %n hendelse</numerusform>
            <numerusform>%1 måtte forkaste %n hendelser</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) came faster than they could be read</source>
        <translation>
            <numerusform>%n rapport kom raskere enn den kunne leses</numerusform>
            <numerusform>%n rapporter kom raskere enn de kunne leses</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StateStory</name>
    <message>
        <source>it has deregistered</source>
        <translation>har meldt seg av</translation>
    </message>
    <message>
        <source>removed: its association was lost</source>
        <translation>fjernet: assosiasjonen ble brutt</translation>
    </message>
    <message>
        <source>removed: no answer to keep-alives</source>
        <translation>fjernet: ingen svar på keep-alive</translation>
    </message>
    <message>
        <source>removed: users did not reach it, and it did not answer</source>
        <translation>fjernet: brukere nådde det ikke, og det svarte ikke</translation>
    </message>
    <message>
        <source>removed: its registration has expired</source>
        <translation>fjernet: registreringen er utløpt</translation>
    </message>
    <message>
        <source>removed: its home registrar says so</source>
        <translation>fjernet: hjemmeregistraren sier det</translation>
    </message>
    <message>
        <source>it starts</source>
        <translation>starter</translation>
    </message>
    <message>
        <source>it looks for a registrar</source>
        <translation>leter etter en registrar</translation>
    </message>
    <message>
        <source>it has asked to be registered</source>
        <translation>har bedt om å bli registrert</translation>
    </message>
    <message>
        <source>its registrar does not want it</source>
        <translation>avvist av registraren</translation>
    </message>
    <message>
        <source>it serves</source>
        <translation>i drift</translation>
    </message>
    <message>
        <source>it serves the users that it has, and no others</source>
        <translation>betjener brukerne den har, og ingen nye</translation>
    </message>
    <message>
        <source>it takes its leave</source>
        <translation>er på vei ut</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>this window</source>
        <translation>dette vinduet</translation>
    </message>
    <message>
        <source>registrars</source>
        <translation>registrarer</translation>
    </message>
    <message>
        <source>the registrars that knew it are gone</source>
        <translation>registrarene som kjente det, er borte</translation>
    </message>
    <message numerus="yes">
        <source>reported unreachable %n time(s)</source>
        <translation>
            <numerusform>meldt utilgjengelig %n gang</numerusform>
            <numerusform>meldt utilgjengelig %n ganger</numerusform>
        </translation>
    </message>
    <message>
        <source>users</source>
        <translation>brukere</translation>
    </message>
    <message>
        <source>it is registered</source>
        <translation>er registrert</translation>
    </message>
    <message>
        <source>nobody knows it</source>
        <translation>ingen kjenner det</translation>
    </message>
    <message>
        <source>its reports (CSP)</source>
        <translation>egne rapporter (CSP)</translation>
    </message>
    <message>
        <source>two senders use its identifier</source>
        <translation>to avsendere bruker identifikatoren</translation>
    </message>
    <message>
        <source>its stream has ended without a farewell</source>
        <translation>hendelsesstrømmen endte uten avmelding</translation>
    </message>
    <message>
        <source>it has said goodbye</source>
        <translation>har meldt seg av</translation>
    </message>
    <message>
        <source>its reports have ceased</source>
        <translation>rapportene har opphørt</translation>
    </message>
    <message>
        <source>a peer does not hear it</source>
        <translation>en peer hører den ikke</translation>
    </message>
    <message>
        <source>now</source>
        <translation>nå</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 t</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>its process is there, and a sign of life is overdue</source>
        <translation>prosessen er der, og et livstegn er forsinket</translation>
    </message>
    <message>
        <source>it is cut off from everybody</source>
        <translation>det er isolert fra alle</translation>
    </message>
</context>
<context>
    <name>TableSheets</name>
    <message>
        <source>%1 of %2</source>
        <comment>sheet</comment>
        <translation>%1 av %2</translation>
    </message>
</context>
<context>
    <name>TileLook</name>
    <message>
        <source>queued</source>
        <translation>i kø</translation>
    </message>
    <message>
        <source>waiting for an element</source>
        <translation>venter på et element</translation>
    </message>
    <message>
        <source>computing</source>
        <translation>beregnes</translation>
    </message>
    <message>
        <source>failing over</source>
        <translation>i failover</translation>
    </message>
    <message>
        <source>computing again</source>
        <translation>beregnes på nytt</translation>
    </message>
    <message>
        <source>done</source>
        <translation>ferdig</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>venter</translation>
    </message>
    <message>
        <source>failover</source>
        <translation>failover</translation>
    </message>
    <message>
        <source>again %1</source>
        <translation>på nytt %1</translation>
    </message>
    <message>
        <source>2× %1 %</source>
        <translation>2× %1 %</translation>
    </message>
</context>
<context>
    <name>Topology</name>
    <message>
        <source>owns %1</source>
        <translation>eier %1</translation>
    </message>
    <message numerus="yes">
        <source>%n user(s)</source>
        <translation>
            <numerusform>%n bruker</numerusform>
            <numerusform>%n brukere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n element</numerusform>
            <numerusform>%n elementer</numerusform>
        </translation>
    </message>
    <message>
        <source>takeover %1 → %2</source>
        <translation>overtakelse %1 → %2</translation>
    </message>
</context>
<context>
    <name>WatchOptions</name>
    <message>
        <source>--source: “%1” is no address and port</source>
        <translation>--source: «%1» er ikke en adresse med port</translation>
    </message>
    <message>
        <source>--at: “%1” is neither seconds from 0 to 3600, nor “failover”</source>
        <translation>--at: «%1» er verken et antall sekunder fra 0 til 3600 eller «failover»</translation>
    </message>
    <message>
        <source>Show a recording: the same as --source file:FILE.</source>
        <translation>Vis et opptak: det samme som --source file:FILE.</translation>
    </message>
    <message>
        <source>Write a recording (NAME.kolam.pcapng).</source>
        <translation>Skriv et opptak (NAME.kolam.pcapng).</translation>
    </message>
    <message>
        <source>Socket of a demonstration, whose processes can be killed and frozen.</source>
        <translation>Socket til en demonstrasjon; prosessene dens kan drepes og fryses.</translation>
    </message>
    <message>
        <source>dark, light, presenter or contrast.</source>
        <translation>dark, light, presenter eller contrast.</translation>
    </message>
    <message>
        <source>Size of the window, for example 1600x1000.</source>
        <translation>Størrelsen på vinduet, for eksempel 1600x1000.</translation>
    </message>
    <message>
        <source>Without a display, and it ends after the screenshot.</source>
        <translation>Uten skjerm; avslutter etter skjermbildet.</translation>
    </message>
    <message>
        <source>Save a picture of the window.</source>
        <translation>Lagre et bilde av vinduet.</translation>
    </message>
    <message>
        <source>When the picture is made: seconds after the start (2), or “failover”, a moment after the first one.</source>
        <translation>Når bildet tas: sekunder etter start (2), eller «failover», et øyeblikk etter den første.</translation>
    </message>
    <message>
        <source>Forget what earlier runs remembered.</source>
        <translation>Glem det tidligere kjøringer har husket.</translation>
    </message>
    <message>
        <source>--theme: “%1” is none of dark, light, presenter, contrast</source>
        <translation>--theme: «%1» er verken dark, light, presenter eller contrast</translation>
    </message>
    <message>
        <source>--size: “%1” is no size such as 1600x1000</source>
        <translation>--size: «%1» er ikke en størrelse som 1600x1000</translation>
    </message>
    <message>
        <source>A recording is shown alone: without --record and other sources</source>
        <translation>Et opptak vises alene: uten --record og andre kilder</translation>
    </message>
    <message>
        <source>--headless needs --screenshot or --record: it would do nothing</source>
        <translation>--headless trenger --screenshot eller --record: ellers er det ingenting å gjøre</translation>
    </message>
    <message>
        <source>The recording %1 cannot be read</source>
        <translation>Opptaket %1 kan ikke leses</translation>
    </message>
    <message>
        <source>The same as --replay RECORDING.</source>
        <translation>Det samme som --replay RECORDING.</translation>
    </message>
    <message>
        <source>“%1”: one recording at a time</source>
        <translation>«%1»: bare ett opptak om gangen</translation>
    </message>
    <message>
        <source>--source: “%1” is none of scope:NAME, csp:PORT, enrp:ADDRESS, file:RECORDING</source>
        <translation>--source: «%1» er ingen av scope:NAME, csp:PORT, enrp:ADDRESS, file:RECORDING</translation>
    </message>
    <message>
        <source>What to watch: “scope:NAME”, components on this host (scope:default); “csp:[ADDRESS:]PORT”, reports of others besides; “enrp:ADDRESS[:PORT]”, a registrar of any make, which is asked every few seconds; or “file:RECORDING”. May be repeated.</source>
        <translation>Hva som observeres: «scope:NAME», komponenter på denne verten (scope:default); «csp:[ADDRESS:]PORT», i tillegg rapporter fra andre; «enrp:ADDRESS[:PORT]», en registrar av et hvilket som helst slag, som spørres med noen sekunders mellomrom; eller «file:RECORDING». Kan gjentas.</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>No registrar</source>
        <translation>Ingen registrar</translation>
    </message>
    <message>
        <source>Nobody answers who knows the pool: no registrar was heard, and none of the listed ones could be reached.</source>
        <translation>Ingen som kjenner poolen, svarer: ingen registrar er hørt, og ingen av dem som er oppgitt, kunne nås.</translation>
    </message>
    <message>
        <source>Start one with “kolam-registrar”, or name one with --⁠registrar ADDRESS:PORT. It is looked for all the time.</source>
        <translation>Start en med «kolam-registrar», eller oppgi en med --⁠registrar ADDRESS:PORT. Det letes hele tiden.</translation>
    </message>
    <message>
        <source>No element in the pool</source>
        <translation>Ingen elementer i poolen</translation>
    </message>
    <message>
        <source>The registrar knows no element of the pool “%1”.</source>
        <translation>Registraren kjenner ingen elementer i poolen «%1».</translation>
    </message>
    <message>
        <source>Start some with “kolam serve fractal”. The picture goes on as soon as the first one is registered.</source>
        <translation>Start noen med «kolam serve fractal». Bildet fortsetter så snart det første er registrert.</translation>
    </message>
    <message>
        <source>Too few slots</source>
        <translation>For få plasser</translation>
    </message>
    <message>
        <source>%1 of %2 sessions wait: every element has all of its slots taken.</source>
        <translation>%1 av %2 sesjoner venter: alle plassene hos hvert element er opptatt.</translation>
    </message>
    <message>
        <source>The others go on. Start more elements, give them more slots, or use fewer sessions.</source>
        <translation>De andre fortsetter. Start flere elementer, gi dem flere plasser, eller bruk færre sesjoner.</translation>
    </message>
    <message>
        <source>Elements cannot be reached</source>
        <translation>Elementene kan ikke nås</translation>
    </message>
    <message>
        <source>%1 of %2 sessions wait: the registrar names elements, but no connection comes about.</source>
        <translation>%1 av %2 sesjoner venter: registraren oppgir elementer, men ingen forbindelse kan opprettes.</translation>
    </message>
    <message>
        <source>Their processes may just have died; the registrar forgets them soon.</source>
        <translation>Prosessene kan nettopp ha falt ut; registraren glemmer dem snart.</translation>
    </message>
    <message>
        <source>The network could not be opened</source>
        <translation>Nettverket kunne ikke åpnes</translation>
    </message>
    <message>
        <source>See --transport and --help.</source>
        <translation>Se --transport og --help.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>nå</translation>
    </message>
    <message>
        <source>in %1 s</source>
        <translation>om %1 s</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Avvist</translation>
    </message>
    <message>
        <source>An element does not compute this picture: %1.</source>
        <translation>Et element beregner ikke dette bildet: %1.</translation>
    </message>
    <message>
        <source>Choose another place, or other numbers in the form.</source>
        <translation>Velg et annet sted, eller andre tall i skjemaet.</translation>
    </message>
    <message>
        <source>No element knows this fractal</source>
        <translation>Ingen elementer kjenner denne fraktalen</translation>
    </message>
    <message>
        <source>The elements of the pool “%1” know rsplib’s two fractals only.</source>
        <translation>Elementene i poolen «%1» kjenner bare de to fraktalene fra rsplib.</translation>
    </message>
    <message>
        <source>Start one with “kolam serve fractal”, or choose another algorithm. The picture goes on as soon as somebody comes who knows it.</source>
        <translation>Start et med «kolam serve fractal», eller velg en annen algoritme. Bildet fortsetter så snart det kommer et som kjenner den.</translation>
    </message>
    <message>
        <source>Compatible mode: banded colours</source>
        <translation>Kompatibel modus: trinnvise farger</translation>
    </message>
    <message>
        <source>no element of the pool knows smooth fractals. “kolam serve fractal” does.</source>
        <translation>ingen elementer i poolen kjenner jevne fraktaler. «kolam serve fractal» gjør det.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::AgreementClock</name>
    <message>
        <source>No registrar tells what it knows.</source>
        <translation>Ingen registrar forteller hva den vet.</translation>
    </message>
    <message>
        <source>There is one registrar: nobody can differ from it.</source>
        <translation>Det finnes bare én registrar: ingen kan avvike fra den.</translation>
    </message>
    <message numerus="yes">
        <source>%n registrar(s) have differed for %1, since %2.</source>
        <translation>
            <numerusform>%n registrar har vært uenig i %1, siden kl. %2.</numerusform>
            <numerusform>%n registrarer har vært uenige i %1, siden kl. %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n registrar(s) have agreed for %1, since %2.</source>
        <translation>
            <numerusform>%n registrar har vært enig i %1, siden kl. %2.</numerusform>
            <numerusform>%n registrarer har vært enige i %1, siden kl. %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n registrar(s) agree, and have never differed.</source>
        <translation>
            <numerusform>%n registrar er enig, og har aldri vært uenig.</numerusform>
            <numerusform>%n registrarer er enige, og har aldri vært uenige.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They have come together again %n time(s): the last time after %1, at most after %2.</source>
        <translation>
            <numerusform>De er blitt enige igjen %n gang: sist etter %1, senest etter %2.</numerusform>
            <numerusform>De er blitt enige igjen %n ganger: sist etter %1, senest etter %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Convergence</source>
        <translation>Konvergens</translation>
    </message>
    <message>
        <source>Registrars are compared by all that each of them knows, as it changes; silent ones are left out</source>
        <translation>Registrarer sammenlignes etter alt hver av dem vet, når det endrer seg; tause utelates</translation>
    </message>
</context>
<context>
    <name>kolam::gui::AvailabilityStrip</name>
    <message>
        <source>Availability</source>
        <translation>Tilgjengelighet</translation>
    </message>
    <message>
        <source>%1: up %2 % of the time</source>
        <translation>%1: oppe %2 % av tiden</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) more</source>
        <translation>
            <numerusform>%n komponent til</numerusform>
            <numerusform>%n komponenter til</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kolam::gui::ChartsPanel</name>
    <message>
        <source>Load, %</source>
        <translation>Last, %</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sesjoner</translation>
    </message>
    <message>
        <source>Failover times</source>
        <translation>Failovertider</translation>
    </message>
    <message>
        <source>Resolutions a second</source>
        <translation>Oppslag per sekund</translation>
    </message>
    <message>
        <source>%d s</source>
        <translation>%d s</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovere</translation>
    </message>
    <message>
        <source>Failover times: none yet</source>
        <translation>Failovertider: ingen ennå</translation>
    </message>
    <message numerus="yes">
        <source>%n failover(s) by ms: p50 %1, p95 %2, p99 %3</source>
        <translation>
            <numerusform>%n failover etter ms: p50 %1, p95 %2, p99 %3</numerusform>
            <numerusform>%n failovere etter ms: p50 %1, p95 %2, p99 %3</numerusform>
        </translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Diagrammer</translation>
    </message>
    <message>
        <source>Share of failovers that took no longer, %</source>
        <translation>Andel failovere som ikke tok lengre tid, %</translation>
    </message>
    <message>
        <source>Registrations a second</source>
        <translation>Registreringer per sekund</translation>
    </message>
    <message>
        <source>ENRP messages a second</source>
        <translation>ENRP-meldinger per sekund</translation>
    </message>
    <message>
        <source>Lost events a second</source>
        <translation>Tapte hendelser per sekund</translation>
    </message>
    <message>
        <source>%g ms</source>
        <translation>%g ms</translation>
    </message>
</context>
<context>
    <name>kolam::gui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Kommandoer</translation>
    </message>
    <message>
        <source>A few letters of what you want to do</source>
        <translation>Noen bokstaver av det du vil gjøre</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Hva som skal gjøres</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>Kommandoer som passer</translation>
    </message>
    <message>
        <source>%1   (%2)</source>
        <translation>%1   (%2)</translation>
    </message>
</context>
<context>
    <name>kolam::gui::CompareDialog</name>
    <message>
        <source>A: %1</source>
        <translation>A: %1</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B: %1</translation>
    </message>
    <message>
        <source>Compare two runs</source>
        <translation>Sammenlign to kjøringer</translation>
    </message>
    <message>
        <source>Share of failovers that took no longer, %</source>
        <translation>Andel failovere som ikke tok lengre tid, %</translation>
    </message>
    <message>
        <source>Figures of both runs</source>
        <translation>Nøkkeltall for begge kjøringene</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Nøkkeltall</translation>
    </message>
    <message>
        <source>B to A</source>
        <translation>B mot A</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Lagre som CSV…</translation>
    </message>
    <message>
        <source>Save the comparison</source>
        <translation>Lagre sammenligningen</translation>
    </message>
    <message>
        <source>Comma separated values (*.csv)</source>
        <translation>Kommaseparerte verdier (*.csv)</translation>
    </message>
    <message>
        <source>%g ms</source>
        <translation>%g ms</translation>
    </message>
</context>
<context>
    <name>kolam::gui::CoreFeed</name>
    <message>
        <source>this host, scope %1</source>
        <translation>denne verten, område %1</translation>
    </message>
    <message>
        <source>%1, and reports at port %2</source>
        <translation>%1, og rapporter på port %2</translation>
    </message>
    <message>
        <source>%1, and the registrar at %2</source>
        <translation>%1, og registraren på %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::DesktopNotifier</name>
    <message>
        <source>Pool view</source>
        <translation>Poolvisning</translation>
    </message>
</context>
<context>
    <name>kolam::gui::ElementCard</name>
    <message>
        <source>Kill</source>
        <translation>Drep</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Frys</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Start på nytt</translation>
    </message>
    <message>
        <source>%1 has computed %2 % of the picture</source>
        <translation>%1 har beregnet %2 % av bildet</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message numerus="yes">
        <source>%n tile(s)</source>
        <translation>
            <numerusform>%n flis</numerusform>
            <numerusform>%n fliser</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n sesjon</numerusform>
            <numerusform>%n sesjoner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failover(s)</source>
        <translation>
            <numerusform>%n failover</numerusform>
            <numerusform>%n failovere</numerusform>
        </translation>
    </message>
    <message>
        <source>Kill %1</source>
        <translation>Drep %1</translation>
    </message>
    <message>
        <source>Freeze %1</source>
        <translation>Frys %1</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>Start %1 på nytt</translation>
    </message>
    <message>
        <source>Kill the process of %1 with SIGKILL; its tiles go on elsewhere</source>
        <translation>Drep prosessen til %1 med SIGKILL; flisene fortsetter et annet sted</translation>
    </message>
    <message>
        <source>Stop the process of %1 with SIGSTOP, as if it hung</source>
        <translation>Stopp prosessen til %1 med SIGSTOP, som om den hang</translation>
    </message>
    <message>
        <source>Start %1 again</source>
        <translation>Start %1 igjen</translation>
    </message>
</context>
<context>
    <name>kolam::gui::EventFinder</name>
    <message>
        <source>from</source>
        <translation>fra</translation>
    </message>
    <message>
        <source>to</source>
        <translation>til</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tid</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Hvem</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Hva skjedde</translation>
    </message>
    <message>
        <source>Find events</source>
        <translation>Finn hendelser</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>What tells them, or what they are about; also what is gone, as element-0x0a000001</source>
        <translation>Den som melder dem, eller det de handler om; også det som er borte, som element-0x0a000001</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Slag</translation>
    </message>
    <message>
        <source>of every kind</source>
        <translation>av alle slag</translation>
    </message>
    <message>
        <source>Not before</source>
        <translation>Ikke før</translation>
    </message>
    <message>
        <source>Not after</source>
        <translation>Ikke etter</translation>
    </message>
    <message>
        <source>Events that were found</source>
        <translation>Hendelser som ble funnet</translation>
    </message>
    <message>
        <source>How many were found</source>
        <translation>Hvor mange som ble funnet</translation>
    </message>
    <message>
        <source>In what this window remembers. With --history, a gigabyte of the past is kept on disk.</source>
        <translation>I det dette vinduet husker. Med --history tas det vare på en gigabyte fortid på disken.</translation>
    </message>
    <message>
        <source>In the history that is kept in %1.</source>
        <translation>I historikken som tas vare på i %1.</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Finn</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Lagre…</translation>
    </message>
    <message>
        <source>Save the events</source>
        <translation>Lagre hendelsene</translation>
    </message>
    <message>
        <source>Comma separated values (*.csv)</source>
        <translation>Kommaseparerte verdier (*.csv)</translation>
    </message>
    <message>
        <source>“%1” is no component.</source>
        <translation>«%1» er ingen komponent.</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Leter …</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) found in %1.</source>
        <translation>
            <numerusform>%n hendelse funnet på %1.</numerusform>
            <numerusform>%n hendelser funnet på %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 The last %n are here.</source>
        <translation>
            <numerusform>%1 Den siste (%n) står her.</numerusform>
            <numerusform>%1 De siste %n står her.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kolam::gui::EventListModel</name>
    <message>
        <source>Good</source>
        <translation>Bra</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Advarsel</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Informasjon</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tid</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Hva skjedde</translation>
    </message>
</context>
<context>
    <name>kolam::gui::EventsView</name>
    <message>
        <source>What happened</source>
        <translation>Hva skjedde</translation>
    </message>
</context>
<context>
    <name>kolam::gui::ExplainerView</name>
    <message>
        <source>The element is gone</source>
        <translation>Elementet er borte</translation>
    </message>
    <message>
        <source>Detected by the user</source>
        <translation>Oppdaget av brukeren</translation>
    </message>
    <message>
        <source>Reported to the registrar</source>
        <translation>Meldt til registraren</translation>
    </message>
    <message>
        <source>Heard by a registrar</source>
        <translation>Hørt av en registrar</translation>
    </message>
    <message>
        <source>Removed from the pool</source>
        <translation>Fjernet fra poolen</translation>
    </message>
    <message>
        <source>Another element selected</source>
        <translation>Et annet element valgt</translation>
    </message>
    <message>
        <source>Connecting to it</source>
        <translation>Kobler til det</translation>
    </message>
    <message>
        <source>Connected, cookie handed over</source>
        <translation>Tilkoblet, cookie overlevert</translation>
    </message>
    <message>
        <source>Session resumed</source>
        <translation>Sesjonen gjenopptatt</translation>
    </message>
    <message>
        <source>Failover explained</source>
        <translation>Failover forklart</translation>
    </message>
    <message>
        <source>No session has failed over yet.</source>
        <translation>Ingen sesjon har hatt failover ennå.</translation>
    </message>
    <message>
        <source>Session %1 of %2 has lost %3</source>
        <translation>Sesjon %1 hos %2 har mistet %3</translation>
    </message>
    <message>
        <source>Session %1 of %2: %3 → %4</source>
        <translation>Sesjon %1 hos %2: %3 → %4</translation>
    </message>
    <message>
        <source>Why: %1</source>
        <translation>Hvorfor: %1</translation>
    </message>
    <message>
        <source>; its process is silent</source>
        <translation>; prosessen er taus</translation>
    </message>
    <message>
        <source>; its process is gone</source>
        <translation>; prosessen er borte</translation>
    </message>
    <message>
        <source>From detection to resumption: %1</source>
        <translation>Fra oppdagelse til gjenopptakelse: %1</translation>
    </message>
    <message numerus="yes">
        <source>State handed over: %n octet(s)</source>
        <translation>
            <numerusform>Overlevert tilstand: %n oktett</numerusform>
            <numerusform>Overlevert tilstand: %n oktetter</numerusform>
        </translation>
    </message>
    <message>
        <source>Computed again: nothing told</source>
        <translation>Beregnet på nytt: ingenting meldt</translation>
    </message>
    <message>
        <source>Computed again: %1</source>
        <translation>Beregnet på nytt: %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::FaultBar</name>
    <message>
        <source>Faults that are on</source>
        <translation>Aktive feil</translation>
    </message>
    <message>
        <source>%1: %2, %3 s</source>
        <translation>%1: %2, %3 s</translation>
    </message>
    <message>
        <source>Undo this now</source>
        <translation>Opphev nå</translation>
    </message>
    <message>
        <source>Undo: %1 %2</source>
        <translation>Opphev: %1 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::FaultBook</name>
    <message>
        <source>A recording cannot be disturbed.</source>
        <translation>Et opptak kan ikke forstyrres.</translation>
    </message>
    <message>
        <source>Only processes that a demonstration has started can be killed or frozen.</source>
        <translation>Bare prosesser som en demonstrasjon har startet, kan drepes eller fryses.</translation>
    </message>
    <message>
        <source>It does not run.</source>
        <translation>Kjører ikke.</translation>
    </message>
    <message>
        <source>Only elements take users.</source>
        <translation>Bare elementer tar imot brukere.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::Figures</name>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 k</translation>
    </message>
    <message>
        <source>failovers</source>
        <translation>failovere</translation>
    </message>
    <message>
        <source>Sessions that lost their element while they computed this picture</source>
        <translation>Sesjoner som mistet elementet sitt mens de beregnet dette bildet</translation>
    </message>
    <message>
        <source>median failover</source>
        <translation>median failover</translation>
    </message>
    <message>
        <source>From the loss of an element until the session stood at the next one</source>
        <translation>Fra et element gikk tapt til sesjonen stod hos det neste</translation>
    </message>
</context>
<context>
    <name>kolam::gui::FractalCanvas</name>
    <message>
        <source>Fractal picture</source>
        <translation>Fraktalbilde</translation>
    </message>
    <message>
        <source>The picture that the pool computes. Plus and minus zoom, arrows move, Home shows all. The pool list says which element computes what.</source>
        <translation>Bildet som poolen beregner. Pluss og minus zoomer, piler flytter, Home viser alt. Poollisten sier hvilket element som beregner hva.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::FractalRun</name>
    <message>
        <source>%1 is killed now.</source>
        <translation>%1 drepes nå.</translation>
    </message>
    <message>
        <source>%1 is frozen now.</source>
        <translation>%1 fryses nå.</translation>
    </message>
    <message>
        <source>%1 is started again.</source>
        <translation>%1 startes på nytt.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::GalleryModel</name>
    <message>
        <source>%1, at most %2 iterations</source>
        <translation>%1, høyst %2 iterasjoner</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Bilde %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::GalleryView</name>
    <message>
        <source>Gallery</source>
        <translation>Galleri</translation>
    </message>
</context>
<context>
    <name>kolam::gui::HeaderBar</name>
    <message>
        <source>No registrar is heard</source>
        <translation>Ingen registrar høres</translation>
    </message>
    <message numerus="yes">
        <source>Registrars differ about %n element(s), for %1</source>
        <translation>
            <numerusform>Registrarene er uenige om %n element, i %1</numerusform>
            <numerusform>Registrarene er uenige om %n elementer, i %1</numerusform>
        </translation>
    </message>
    <message>
        <source>One registrar (checksum %1)</source>
        <translation>Én registrar (sjekksum %1)</translation>
    </message>
    <message numerus="yes">
        <source>%n registrars agree (checksum %1)</source>
        <translation>
            <numerusform>%n registrar er enig (sjekksum %1)</numerusform>
            <numerusform>%n registrarer er enige (sjekksum %1)</numerusform>
        </translation>
    </message>
    <message>
        <source>Do registrars agree?</source>
        <translation>Er registrarene enige?</translation>
    </message>
    <message>
        <source>Age of the data</source>
        <translation>Dataenes alder</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Kilde</translation>
    </message>
    <message>
        <source>What there is</source>
        <translation>Hva som finnes</translation>
    </message>
    <message>
        <source>source: %1</source>
        <translation>kilde: %1</translation>
    </message>
    <message>
        <source>Where everything that is shown comes from</source>
        <translation>Hvor alt som vises, kommer fra</translation>
    </message>
    <message>
        <source>How long ago something was heard; at least twice a second while components are connected</source>
        <translation>Hvor lenge siden noe ble hørt; minst to ganger i sekundet så lenge komponenter er tilkoblet</translation>
    </message>
    <message numerus="yes">
        <source>%n pool(s)</source>
        <translation>
            <numerusform>%n pool</numerusform>
            <numerusform>%n pooler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n element</numerusform>
            <numerusform>%n elementer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n registrar(s)</source>
        <translation>
            <numerusform>%n registrar</numerusform>
            <numerusform>%n registrarer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n sesjon</numerusform>
            <numerusform>%n sesjoner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failover(s) in the last hour</source>
        <translation>
            <numerusform>%n failover den siste timen</numerusform>
            <numerusform>%n failovere den siste timen</numerusform>
        </translation>
    </message>
    <message>
        <source>p95 %1</source>
        <translation>p95 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) lost</source>
        <translation>
            <numerusform>%n hendelse tapt</numerusform>
            <numerusform>%n hendelser tapt</numerusform>
        </translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation>ingen data ennå</translation>
    </message>
    <message>
        <source>data: now</source>
        <translation>data: nå</translation>
    </message>
    <message>
        <source>data %1 old</source>
        <translation>data %1 gamle</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Alarmer</translation>
    </message>
    <message numerus="yes">
        <source>⚠ %n alarm(s)</source>
        <translation>
            <numerusform>⚠ %n alarm</numerusform>
            <numerusform>⚠ %n alarmer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kolam::gui::HeatMap</name>
    <message>
        <source>Load of elements over time</source>
        <translation>Elementenes last over tid</translation>
    </message>
    <message>
        <source>No element has told its load in this time.</source>
        <translation>Ingen elementer har meldt lasten sin i dette tidsrommet.</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message numerus="yes">
        <source>%n element(s) from %1 on, the busiest</source>
        <translation>
            <numerusform>%n element fra %1, det travleste</numerusform>
            <numerusform>%n elementer fra %1, det travleste</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 at %3: no load</source>
        <translation>%1 i %2 kl. %3: ingen last</translation>
    </message>
    <message>
        <source>%1 of %2 at %3: %4 %</source>
        <translation>%1 i %2 kl. %3: %4 %</translation>
    </message>
</context>
<context>
    <name>kolam::gui::HistoryModel</name>
    <message>
        <source>Time</source>
        <translation>Tid</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Hva skjedde</translation>
    </message>
</context>
<context>
    <name>kolam::gui::JuliaPicker</name>
    <message>
        <source>Julia’s constant</source>
        <translation>Julias konstant</translation>
    </message>
    <message>
        <source>Arrows move the constant on a small Mandelbrot set; Shift makes smaller steps.</source>
        <translation>Piler flytter konstanten på en liten Mandelbrot-mengde; Skift gir mindre steg.</translation>
    </message>
    <message>
        <source>Click or drag on the Mandelbrot set: every point of it is the constant of a Julia set</source>
        <translation>Klikk eller dra på Mandelbrot-mengden: hvert punkt er konstanten i en Julia-mengde</translation>
    </message>
</context>
<context>
    <name>kolam::gui::LabClient</name>
    <message>
        <source>The demonstration has ended: its processes can no more be controlled.</source>
        <translation>Demonstrasjonen er over: prosessene kan ikke lenger styres.</translation>
    </message>
    <message>
        <source>The demonstration&apos;s control socket does not answer: %1</source>
        <translation>Kontrollsocketen til demonstrasjonen svarer ikke: %1</translation>
    </message>
    <message>
        <source>There is no demonstration that could do this.</source>
        <translation>Det finnes ingen demonstrasjon som kan gjøre dette.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::Legend</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>failover marks: %1</source>
        <translation>failovermerker: %1</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Fliser</translation>
    </message>
    <message>
        <source>went on elsewhere here</source>
        <translation>fortsatt et annet sted herfra</translation>
    </message>
    <message>
        <source>asked of two elements</source>
        <translation>spurt to elementer</translation>
    </message>
</context>
<context>
    <name>kolam::gui::LessonView</name>
    <message>
        <source>Start %1</source>
        <translation>Start %1</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>Stopp %1</translation>
    </message>
    <message>
        <source>Kill %1</source>
        <translation>Drep %1</translation>
    </message>
    <message>
        <source>Freeze %1</source>
        <translation>Frys %1</translation>
    </message>
    <message>
        <source>Let %1 go on</source>
        <translation>La %1 fortsette</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>Start %1 på nytt</translation>
    </message>
    <message>
        <source>Drain %1</source>
        <translation>Tøm %1</translation>
    </message>
    <message>
        <source>Lose packets of %1</source>
        <translation>Mist pakker fra %1</translation>
    </message>
    <message>
        <source>Delay packets of %1</source>
        <translation>Forsink pakker fra %1</translation>
    </message>
    <message>
        <source>Cut off %1</source>
        <translation>Isoler %1</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>Gjør det</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Leksjon</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Tilbake</translation>
    </message>
    <message>
        <source>To the step before</source>
        <translation>Til forrige steg</translation>
    </message>
    <message>
        <source>Once more, slowly</source>
        <translation>Én gang til, sakte</translation>
    </message>
    <message>
        <source>The last failover, a thousand times as slow</source>
        <translation>Den siste failoveren, tusen ganger så sakte</translation>
    </message>
    <message>
        <source>Does it to real processes</source>
        <translation>Gjør det med virkelige prosesser</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Hopp over</translation>
    </message>
    <message>
        <source>To the next step, whatever this one waits for</source>
        <translation>Til neste steg, uansett hva dette venter på</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsett</translation>
    </message>
    <message>
        <source>Space, or the forward key of a presenter&apos;s clicker</source>
        <translation>Mellomrom, eller fremtasten på en presenter</translation>
    </message>
    <message>
        <source>End the lesson</source>
        <translation>Avslutt leksjonen</translation>
    </message>
    <message>
        <source>The pool goes on until the window is closed</source>
        <translation>Poolen fortsetter til vinduet lukkes</translation>
    </message>
    <message>
        <source>What do you think?</source>
        <translation>Hva tror du?</translation>
    </message>
    <message>
        <source>Waiting until it really happens…</source>
        <translation>Venter til det virkelig skjer…</translation>
    </message>
    <message>
        <source>Right!</source>
        <translation>Riktig!</translation>
    </message>
    <message>
        <source>Not quite: see the marked answer.</source>
        <translation>Ikke helt: se det merkede svaret.</translation>
    </message>
    <message>
        <source>It has happened.</source>
        <translation>Det har skjedd.</translation>
    </message>
    <message>
        <source>Lesson: %1 – step %2 of %3</source>
        <translation>Leksjon: %1 – steg %2 av %3</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Ferdig</translation>
    </message>
    <message>
        <source>Slow %1 down</source>
        <translation>Gjør %1 treg</translation>
    </message>
    <message>
        <source>Let %1 flap</source>
        <translation>La %1 flagre</translation>
    </message>
    <message>
        <source>Send a crowd to %1</source>
        <translation>Send mange brukere til %1</translation>
    </message>
    <message>
        <source>Heal everything</source>
        <translation>Rett alt</translation>
    </message>
    <message>
        <source>Your turn: how can that be done?</source>
        <translation>Din tur: hvordan kan det gjøres?</translation>
    </message>
    <message>
        <source>%1 – score %2 of %3</source>
        <translation>%1 – poeng: %2 av %3</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>Vis meg</translation>
    </message>
    <message>
        <source>%1: that is a way, but no point</source>
        <translation>%1: det er en måte, men gir ikke poeng</translation>
    </message>
</context>
<context>
    <name>kolam::gui::LocalPool</name>
    <message>
        <source>There is no room for its files: %1</source>
        <translation>Det er ikke plass til filene dens: %1</translation>
    </message>
    <message>
        <source>It has ended: %1</source>
        <translation>Den er avsluttet: %1</translation>
    </message>
    <message>
        <source>It has ended: %1. %2</source>
        <translation>Den er avsluttet: %1. %2</translation>
    </message>
    <message>
        <source>A pool on this host is starting: %1 of %2 processes run.</source>
        <translation>En pool på denne maskinen starter: %1 av %2 prosesser kjører.</translation>
    </message>
    <message>
        <source>The local pool could not be started. %1</source>
        <translation>Den lokale poolen kunne ikke startes. %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::LogView</name>
    <message>
        <source>Component whose log is shown</source>
        <translation>Komponent som loggen vises for</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>Finn i loggen</translation>
    </message>
    <message>
        <source>To this moment</source>
        <translation>Til dette øyeblikket</translation>
    </message>
    <message>
        <source>The line that was written when it was as the map shows it</source>
        <translation>Linjen som ble skrevet da det var slik kartet viser</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Logg</translation>
    </message>
    <message>
        <source>Logs are known only of processes that a demonstration has started.</source>
        <translation>Logger er bare kjent for prosesser som en demonstrasjon har startet.</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Ingenting er skrevet ennå.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::MainWindow</name>
    <message>
        <source>Fractals by a pool</source>
        <translation>Fraktaler fra en pool</translation>
    </message>
    <message>
        <source>Local network, nothing authenticated: anybody there can pretend to be an element.</source>
        <translation>Lokalnett, ingenting autentisert: hvem som helst der kan utgi seg for å være et element.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bilde</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Hva skjedde</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Zoom ved pekeren</translation>
    </message>
    <message>
        <source>turn the wheel</source>
        <translation>drei på hjulet</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Flytt bildet</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>dra</translation>
    </message>
    <message>
        <source>Zoom into a box</source>
        <translation>Zoom til et utsnitt</translation>
    </message>
    <message>
        <source>Shift and drag, or drag with the right button</source>
        <translation>dra med Skift, eller med høyre museknapp</translation>
    </message>
    <message>
        <source>Centre here and zoom in</source>
        <translation>Sentrer her og zoom inn</translation>
    </message>
    <message>
        <source>double click</source>
        <translation>dobbeltklikk</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>Åpne en fil</translation>
    </message>
    <message>
        <source>drop it on the window</source>
        <translation>slipp den på vinduet</translation>
    </message>
    <message>
        <source>%1 % – %2</source>
        <translation>%1 % – %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Åpne</translation>
    </message>
    <message>
        <source>Parameter files and pictures (*.fsf *.png)</source>
        <translation>Parameterfiler og bilder (*.fsf *.png)</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Lagre bildet</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-bilder (*.png)</translation>
    </message>
    <message>
        <source>Picture saved as %1.</source>
        <translation>Bildet er lagret som %1.</translation>
    </message>
    <message>
        <source>Save parameters</source>
        <translation>Lagre parametrene</translation>
    </message>
    <message>
        <source>Parameter files (*.fsf)</source>
        <translation>Parameterfiler (*.fsf)</translation>
    </message>
    <message>
        <source>Parameters saved as %1.</source>
        <translation>Parametrene er lagret som %1.</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Om</translation>
    </message>
    <message>
        <source>kolam-fractal %1</source>
        <translation>kolam-fractal %1</translation>
    </message>
    <message>
        <source>A picture, computed by a pool of servers. Servers may fail; the picture completes.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Et bilde, beregnet av en pool av tjenere. Tjenere kan svikte; bildet blir ferdig.

Fri programvare under GNU General Public License, versjon 3 eller nyere.</translation>
    </message>
    <message>
        <source>Point at a place of the Mandelbrot set first.</source>
        <translation>Pek først på et sted i Mandelbrot-mengden.</translation>
    </message>
    <message>
        <source>Here is the end: the numbers that this fractal is computed with cannot tell closer points apart, or the plane ends.</source>
        <translation>Her er det slutt: Tallene som dette fraktalet beregnes med, kan ikke skille nærmere punkter, eller planet slutter.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::MonitorWindow</name>
    <message>
        <source>Kolam monitor – %1</source>
        <translation>Kolam-monitor – %1</translation>
    </message>
    <message>
        <source>No session has failed over yet.</source>
        <translation>Ingen sesjon har hatt failover ennå.</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s)</source>
        <translation>
            <numerusform>%n komponent</numerusform>
            <numerusform>%n komponenter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n session(s)</source>
        <translation>
            <numerusform>  ·  %n sesjon</numerusform>
            <numerusform>  ·  %n sesjoner</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n failover(s)</source>
        <translation>
            <numerusform>  ·  %n failover</numerusform>
            <numerusform>  ·  %n failovere</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n event(s)</source>
        <translation>
            <numerusform>  ·  %n hendelse</numerusform>
            <numerusform>  ·  %n hendelser</numerusform>
        </translation>
    </message>
    <message>
        <source>  ·  %1 lost</source>
        <translation>  ·  %1 tapt</translation>
    </message>
    <message>
        <source>  ·  the oldest %1 are forgotten</source>
        <translation>  ·  de eldste %1 er glemt</translation>
    </message>
    <message>
        <source>Select a component on the map or in the list.</source>
        <translation>Velg en komponent på kartet eller i listen.</translation>
    </message>
    <message>
        <source>Events of %1 only. Press “Find” to see all again.</source>
        <translation>Bare hendelser fra %1. «Finn» viser alle igjen.</translation>
    </message>
    <message>
        <source>Select an element first.</source>
        <translation>Velg et element først.</translation>
    </message>
    <message>
        <source>Select a component first: a click on the map, or the keys 1 to 9.</source>
        <translation>Velg en komponent først: med et klikk på kartet eller tastene 1 til 9.</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Komponenter</translation>
    </message>
    <message>
        <source>Find components: name, pool, state</source>
        <translation>Finn komponenter: navn, pool, tilstand</translation>
    </message>
    <message>
        <source>What is known of the selected component</source>
        <translation>Det som er kjent om den valgte komponenten</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Detaljer</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovere</translation>
    </message>
    <message>
        <source>Failover explained</source>
        <translation>Failover forklart</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Diagrammer</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Hendelser</translation>
    </message>
    <message>
        <source>Find events</source>
        <translation>Finn hendelser</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sesjoner</translation>
    </message>
    <message>
        <source>Figures of the marked range</source>
        <translation>Tall for det merkede området</translation>
    </message>
    <message>
        <source>About kolam-monitor</source>
        <translation>Om kolam-monitor</translation>
    </message>
    <message>
        <source>kolam-monitor %1
Watches pools of RSerPool (RFC 5351 to 5356).
GPL-3.0-or-later.</source>
        <translation>kolam-monitor %1
Observerer RSerPool-pooler (RFC 5351 til 5356).
GPL-3.0-or-later.</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>Flytt kartet</translation>
    </message>
    <message>
        <source>drag the ground</source>
        <translation>dra i bakgrunnen</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>hjul</translation>
    </message>
    <message>
        <source>Place a component</source>
        <translation>Flytt en komponent</translation>
    </message>
    <message>
        <source>drag it</source>
        <translation>dra den</translation>
    </message>
    <message>
        <source>Go from component to component</source>
        <translation>Gå fra komponent til komponent</translation>
    </message>
    <message>
        <source>arrow keys on the map</source>
        <translation>piltaster på kartet</translation>
    </message>
    <message>
        <source>Events of one component</source>
        <translation>Hendelser for én komponent</translation>
    </message>
    <message>
        <source>double click it, or Enter</source>
        <translation>dobbeltklikk på den, eller Enter</translation>
    </message>
    <message>
        <source>Go to a moment</source>
        <translation>Gå til et øyeblikk</translation>
    </message>
    <message>
        <source>press on the time line, or Enter on an event</source>
        <translation>trykk på tidslinjen, eller Enter på en hendelse</translation>
    </message>
    <message>
        <source>Figures of a range</source>
        <translation>Tall for et område</translation>
    </message>
    <message>
        <source>Shift-drag on the time line</source>
        <translation>dra med Skift på tidslinjen</translation>
    </message>
    <message>
        <source>Zoom in time</source>
        <translation>Zoom i tid</translation>
    </message>
    <message>
        <source>wheel on the time line</source>
        <translation>hjul på tidslinjen</translation>
    </message>
    <message>
        <source>Save the map</source>
        <translation>Lagre kartet</translation>
    </message>
    <message>
        <source>Save the tables</source>
        <translation>Lagre tabellene</translation>
    </message>
    <message>
        <source>Comma separated values (*.csv)</source>
        <translation>Kommadelte verdier (*.csv)</translation>
    </message>
    <message>
        <source>Save the events</source>
        <translation>Lagre hendelsene</translation>
    </message>
    <message>
        <source>Save all that is known</source>
        <translation>Lagre alt som er kjent</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation>Bilder (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>There are no two components that could be cut off from each other.</source>
        <translation>Det finnes ikke to komponenter som kunne isoleres fra hverandre.</translation>
    </message>
    <message>
        <source>Cut off fro&amp;m</source>
        <translation>Isoler f&amp;ra</translation>
    </message>
    <message>
        <source>&amp;Several…</source>
        <translation>&amp;Flere…</translation>
    </message>
    <message>
        <source>Undo: %1 %2</source>
        <translation>Angre: %1 %2</translation>
    </message>
    <message>
        <source>Import a setup of rserpooldemo</source>
        <translation>Importer et oppsett fra rserpooldemo</translation>
    </message>
    <message>
        <source>Setups (*.xml);;All files (*)</source>
        <translation>Oppsett (*.xml);;Alle filer (*)</translation>
    </message>
    <message>
        <source>Setup imported</source>
        <translation>Oppsett importert</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) have their places, and get them as soon as they are heard of.</source>
        <translation>
            <numerusform>%n komponent har sin plass, og får den så snart man hører fra den.</numerusform>
            <numerusform>%n komponenter har sine plasser, og får dem så snart man hører fra dem.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) were left out.</source>
        <translation>
            <numerusform>%n ting ble utelatt.</numerusform>
            <numerusform>%n ting ble utelatt.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Save as a scenario…</source>
        <translation>&amp;Lagre som scenario…</translation>
    </message>
    <message>
        <source>Save as a scenario</source>
        <translation>Lagre som scenario</translation>
    </message>
    <message>
        <source>Scenarios (*.rsdemo)</source>
        <translation>Scenarier (*.rsdemo)</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Logg</translation>
    </message>
    <message>
        <source>The window of %1 could not be started.</source>
        <translation>Vinduet for %1 kunne ikke startes.</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>Åpne et scenario</translation>
    </message>
    <message>
        <source>Mark a range first: Shift-drag on the time line.</source>
        <translation>Merk et område først: dra på tidslinjen med skift.</translation>
    </message>
    <message>
        <source>Save the clip</source>
        <translation>Lagre klippet</translation>
    </message>
    <message>
        <source>Recordings (*.kolam.pcapng)</source>
        <translation>Opptak (*.kolam.pcapng)</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) are in %1.</source>
        <translation>
            <numerusform>%n hendelse er i %1.</numerusform>
            <numerusform>%n hendelser er i %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare with a recording</source>
        <translation>Sammenlign med et opptak</translation>
    </message>
    <message>
        <source>Choose the picture behind the map</source>
        <translation>Velg bildet bak kartet</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.svg *.webp)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.svg *.webp)</translation>
    </message>
    <message>
        <source>The picture %1 cannot be read: %2</source>
        <translation>Bildet %1 kan ikke leses: %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::OperationDialog</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 av %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n other(s)</source>
        <translation>
            <numerusform>og %n til</numerusform>
            <numerusform>og %n til</numerusform>
        </translation>
    </message>
    <message>
        <source>Type “%1” if that is what you want.</source>
        <translation>Skriv «%1» hvis det er det du vil.</translation>
    </message>
    <message>
        <source>Name, to confirm</source>
        <translation>Navn, for å bekrefte</translation>
    </message>
</context>
<context>
    <name>kolam::gui::Operations</name>
    <message>
        <source>It takes no more users, and ends when the last one has gone.</source>
        <translation>Det tar ikke imot flere brukere, og avslutter når den siste er gått.</translation>
    </message>
    <message>
        <source>It takes no more users and keeps running, until it is told to serve again.</source>
        <translation>Det tar ikke imot flere brukere og kjører videre, til det får beskjed om å betjene igjen.</translation>
    </message>
    <message>
        <source>Its users lose their sessions, and fail over.</source>
        <translation>Brukerne mister sesjonene sine; de fortsetter hos andre elementer.</translation>
    </message>
    <message>
        <source>It deregisters and ends; its users fail over.</source>
        <translation>Det melder seg av og avslutter; sesjonene til brukerne fortsetter hos andre elementer.</translation>
    </message>
    <message>
        <source>It deregisters, ends, and is started again by its lab.</source>
        <translation>Det melder seg av, avslutter og startes på nytt av laben.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 does it.</source>
        <translation>%1 utfører det.</translation>
    </message>
    <message>
        <source>A recording cannot be changed.</source>
        <translation>Et opptak kan ikke endres.</translation>
    </message>
    <message>
        <source>This window only watches. Start it with --allow-control to change something.</source>
        <translation>Dette vinduet observerer bare. Start det med --allow-control for å endre noe.</translation>
    </message>
    <message>
        <source>There is no audit log to write it to.</source>
        <translation>Det finnes ingen logg å skrive det i.</translation>
    </message>
    <message>
        <source>Select elements or registrars first.</source>
        <translation>Velg elementer eller registrarer først.</translation>
    </message>
    <message>
        <source>only a lab can start a process again that it has started itself (--control).</source>
        <translation>bare en lab kan starte en prosess på nytt som den selv har startet (--control).</translation>
    </message>
    <message>
        <source>it is being restarted.</source>
        <translation>det startes på nytt akkurat nå.</translation>
    </message>
    <message>
        <source>it is no component of this scope on this host: it cannot be commanded from here.</source>
        <translation>det er ingen komponent i dette området på denne verten: det kan ikke få kommandoer herfra.</translation>
    </message>
    <message>
        <source>it is not there to be told.</source>
        <translation>det er ikke her, og kan ikke ta imot noe.</translation>
    </message>
    <message>
        <source>only elements can do that.</source>
        <translation>det kan bare elementer.</translation>
    </message>
    <message>
        <source>it is leaving already.</source>
        <translation>det er allerede på vei ut.</translation>
    </message>
    <message>
        <source>No registrar would be left: nobody could find any pool.</source>
        <translation>Ingen registrar ville være igjen: ingen kunne finne noen pool.</translation>
    </message>
    <message>
        <source>No element would be up any more in: %1.</source>
        <translation>Ingen elementer ville lenger være aktive i: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) asked.</source>
        <translation>
            <numerusform>%n komponent har fått beskjed.</numerusform>
            <numerusform>%n komponenter har fått beskjed.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has ended, and is started again.</source>
        <translation>%1 er avsluttet og startes på nytt.</translation>
    </message>
    <message>
        <source>It ends its maintenance, and takes users again.</source>
        <translation>Det avslutter vedlikeholdet og tar imot brukere igjen.</translation>
    </message>
    <message>
        <source>it is not in maintenance.</source>
        <translation>det er ikke under vedlikehold.</translation>
    </message>
    <message>
        <source>it takes no users already.</source>
        <translation>det tar allerede ikke imot brukere.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PaletteEditor</name>
    <message>
        <source>&amp;Add a colour</source>
        <translation>&amp;Legg til en farge</translation>
    </message>
    <message>
        <source>&amp;Remove the last</source>
        <translation>&amp;Fjern den siste</translation>
    </message>
    <message>
        <source>Palette of your own</source>
        <translation>Egen palett</translation>
    </message>
    <message>
        <source>Colours follow each other around a circle. Choose one to change it.</source>
        <translation>Fargene følger hverandre i en sirkel. Velg en for å endre den.</translation>
    </message>
    <message>
        <source>The palette</source>
        <translation>Paletten</translation>
    </message>
    <message>
        <source>&amp;Turn round</source>
        <translation>&amp;Snu</translation>
    </message>
    <message>
        <source>Colour %1: %2</source>
        <translation>Farge %1: %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PartitionDialog</name>
    <message>
        <source>Cut off from each other</source>
        <translation>Isoler fra hverandre</translation>
    </message>
    <message>
        <source>&amp;These</source>
        <translation>&amp;Disse</translation>
    </message>
    <message>
        <source>do not reach t&amp;hese</source>
        <translation>når ikke d&amp;isse</translation>
    </message>
    <message>
        <source>&amp;Cut</source>
        <translation>&amp;Kutt</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PicturePanel</name>
    <message>
        <source>Mandelbrot</source>
        <translation>Mandelbrot</translation>
    </message>
    <message>
        <source>Safe with colour vision deficiencies</source>
        <translation>Trygg ved nedsatt fargesyn</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Overlegg</translation>
    </message>
    <message>
        <source>What lies over the picture; it is never saved with it</source>
        <translation>Det som ligger over bildet; det lagres aldri sammen med det</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sesjoner</translation>
    </message>
    <message>
        <source>How many tiles are computed at the same time, each by one session</source>
        <translation>Hvor mange fliser som beregnes samtidig, hver av én sesjon</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algoritme</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>Iterasjoner</translation>
    </message>
    <message>
        <source>How long a point may stay until it counts as inside</source>
        <translation>Hvor lenge et punkt kan bli før det regnes som innenfor</translation>
    </message>
    <message>
        <source>Power N</source>
        <translation>Potens N</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palett</translation>
    </message>
    <message>
        <source>Colours for the iteration counts; nothing is computed again</source>
        <translation>Farger for iterasjonstallene; ingenting beregnes på nytt</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Tetthet</translation>
    </message>
    <message>
        <source>How quickly colours follow each other</source>
        <translation>Hvor raskt fargene følger hverandre</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Forskyvning</translation>
    </message>
    <message>
        <source>Where the palette begins</source>
        <translation>Hvor paletten begynner</translation>
    </message>
    <message>
        <source>Julia</source>
        <translation>Julia</translation>
    </message>
    <message>
        <source>Burning Ship</source>
        <translation>Burning Ship</translation>
    </message>
    <message>
        <source>Multibrot</source>
        <translation>Multibrot</translation>
    </message>
    <message>
        <source>Newton</source>
        <translation>Newton</translation>
    </message>
    <message>
        <source>The first five have smooth colours, and need elements of ours; the last two are rsplib’s, in bands</source>
        <translation>De fem første har jevne farger og trenger elementer av våre; de to siste er fra rsplib, i trinn</translation>
    </message>
    <message>
        <source>Of Multibrot, Newton, and rsplib’s second fractal</source>
        <translation>For Multibrot, Newton og den andre fraktalen fra rsplib</translation>
    </message>
    <message>
        <source>Constant, real</source>
        <translation>Konstant, Re</translation>
    </message>
    <message>
        <source>The constant k of z² + k</source>
        <translation>Konstanten k i z² + k</translation>
    </message>
    <message>
        <source>Constant, imaginary</source>
        <translation>Konstant, Im</translation>
    </message>
    <message>
        <source>rsplib: z² − c</source>
        <translation>rsplib: z² − c</translation>
    </message>
    <message>
        <source>rsplib: zᴺ − c</source>
        <translation>rsplib: zᴺ − c</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PictureRender</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kan ikke skrives: %2</translation>
    </message>
    <message>
        <source>no element of the pool knows this fractal</source>
        <translation>ingen elementer i poolen kjenner denne fraktalen</translation>
    </message>
    <message>
        <source>an element does not compute this picture: %1</source>
        <translation>et element beregner ikke dette bildet: %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PoolBackend</name>
    <message>
        <source>at %1</source>
        <translation>på %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 på %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PoolModel</name>
    <message>
        <source>computing</source>
        <translation>beregner</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>klar</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>frosset</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>tapt</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>drept</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 på %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2, %n session(s)</source>
        <translation>
            <numerusform>%1, %2, %n sesjon</numerusform>
            <numerusform>%1, %2, %n sesjoner</numerusform>
        </translation>
    </message>
    <message>
        <source>Element %1</source>
        <translation>Element %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PoolPanel</name>
    <message>
        <source>No element has worked for us yet.</source>
        <translation>Ingen elementer har arbeidet for oss ennå.</translation>
    </message>
    <message>
        <source>Elements of the pool</source>
        <translation>Elementer i poolen</translation>
    </message>
    <message>
        <source>Element %1</source>
        <translation>Element %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PoolTable</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PoolViewWindow</name>
    <message>
        <source>Kolam pool view – %1</source>
        <translation>Kolam-poolvisning – %1</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n rad</numerusform>
            <numerusform>%n rader</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 av %2 rader</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>kl. %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Select a row.</source>
        <translation>Velg en rad.</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>Vis bare</translation>
    </message>
    <message>
        <source>Find: name, pool, address, state …</source>
        <translation>Finn: navn, adresse, tilstand …</translation>
    </message>
    <message>
        <source>Find rows with all these words</source>
        <translation>Finn rader med alle disse ordene</translation>
    </message>
    <message>
        <source>Rows that are shown</source>
        <translation>Rader som vises</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Kolonner</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Velg kolonner</translation>
    </message>
    <message>
        <source>Which columns this table shows</source>
        <translation>Hvilke kolonner denne tabellen viser</translation>
    </message>
    <message>
        <source>Pools</source>
        <translation>Pooler</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elementer</translation>
    </message>
    <message>
        <source>Registrars</source>
        <translation>Registrarer</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sesjoner</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabeller</translation>
    </message>
    <message>
        <source>What is known of the selected component</source>
        <translation>Det som er kjent om den valgte komponenten</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Valgt</translation>
    </message>
    <message>
        <source>Events of the selected component</source>
        <translation>Hendelser for den valgte komponenten</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historikk</translation>
    </message>
    <message>
        <source>About kolam-poolview</source>
        <translation>Om kolam-poolview</translation>
    </message>
    <message>
        <source>kolam-poolview %1
Keeps an eye on pools of RSerPool (RFC 5351 to 5356).
GPL-3.0-or-later.</source>
        <translation>kolam-poolview %1
Holder øye med RSerPool-pooler (RFC 5351 til 5356).
GPL-3.0-or-later.</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortere</translation>
    </message>
    <message>
        <source>press on a heading; once more for the other direction</source>
        <translation>trykk på en overskrift; en gang til for motsatt retning</translation>
    </message>
    <message>
        <source>Move a column</source>
        <translation>Flytte en kolonne</translation>
    </message>
    <message>
        <source>drag its heading</source>
        <translation>dra overskriften</translation>
    </message>
    <message>
        <source>right button on a heading, or the button Columns</source>
        <translation>høyre museknapp på en overskrift, eller knappen Kolonner</translation>
    </message>
    <message>
        <source>Go to a moment</source>
        <translation>Gå til et øyeblikk</translation>
    </message>
    <message>
        <source>Zoom in time</source>
        <translation>Zoom i tid</translation>
    </message>
    <message>
        <source>wheel on the time line</source>
        <translation>hjul på tidslinjen</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Enighet</translation>
    </message>
    <message>
        <source>How much time is shown</source>
        <translation>Hvor mye tid som vises</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minutt</numerusform>
            <numerusform>%n minutter</numerusform>
        </translation>
    </message>
    <message>
        <source>Load under the pointer</source>
        <translation>Last under pekeren</translation>
    </message>
    <message>
        <source>Load over time</source>
        <translation>Last over tid</translation>
    </message>
    <message>
        <source>press on the time line, or Enter on an event or on a cell of load</source>
        <translation>trykk på tidslinjen, eller Enter på en hendelse eller en lastcelle</translation>
    </message>
    <message>
        <source>Load of an element at a time</source>
        <translation>Lasten til et element på et tidspunkt</translation>
    </message>
    <message>
        <source>point at it, or arrow keys in “Load over time”</source>
        <translation>pek på den, eller piltaster i «Last over tid»</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regler</translation>
    </message>
    <message numerus="yes">
        <source>Rules: %n alarm(s)</source>
        <translation>
            <numerusform>Regler: %n alarm</numerusform>
            <numerusform>Regler: %n alarmer</numerusform>
        </translation>
    </message>
    <message>
        <source>Well again: %1</source>
        <translation>I orden igjen: %1</translation>
    </message>
    <message>
        <source>Save this table</source>
        <translation>Lagre denne tabellen</translation>
    </message>
    <message>
        <source>Save load over time</source>
        <translation>Lagre last over tid</translation>
    </message>
    <message>
        <source>Save all that is known</source>
        <translation>Lagre alt som er kjent</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) copied.</source>
        <translation>
            <numerusform>%n rad kopiert.</numerusform>
            <numerusform>%n rader kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>control allowed</source>
        <translation>inngrep tillatt</translation>
    </message>
    <message>
        <source>only watches</source>
        <translation>observerer bare</translation>
    </message>
    <message>
        <source>Operations are possible, and written to the audit log</source>
        <translation>Inngrep er mulige, og skrives i loggen</translation>
    </message>
    <message>
        <source>Operations are not possible: the window was started without --allow-control</source>
        <translation>Inngrep er ikke mulige: vinduet ble startet uten --allow-control</translation>
    </message>
    <message>
        <source>That was before what this window remembers. Show its recording with --replay.</source>
        <translation>Det var før det dette vinduet husker. Vis opptaket av det med --replay.</translation>
    </message>
    <message>
        <source>Tables (*.csv *.json *.pdf)</source>
        <translation>Tabeller (*.csv *.json *.pdf)</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 kl. %2</translation>
    </message>
    <message>
        <source>Pictures (*.svg *.png *.pdf)</source>
        <translation>Bilder (*.svg *.png *.pdf)</translation>
    </message>
</context>
<context>
    <name>kolam::gui::RecordingFeed</name>
    <message>
        <source>recording %1</source>
        <translation>opptak %1</translation>
    </message>
    <message>
        <source>a recording cannot be changed</source>
        <translation>et opptak kan ikke endres</translation>
    </message>
    <message>
        <source>The recording is torn at its end; all before that is shown.</source>
        <translation>Opptaket er avkuttet på slutten; alt før det vises.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::RowModel</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::RuleBook</name>
    <message>
        <source>“%1” is not of the form “Pool=3”</source>
        <translation>«%1» har ikke formen «Pool=3»</translation>
    </message>
    <message>
        <source>%1 has %2 of at least %3 elements up</source>
        <translation>%1 har %2 av minst %3 elementer aktive</translation>
    </message>
    <message>
        <source>%1 of %2 has had a load above %3 % for at least %4 s</source>
        <translation>%1 i %2 har hatt en last over %3 % i minst %4 s</translation>
    </message>
    <message>
        <source>Nothing is heard from the source</source>
        <translation>Ingenting høres fra kilden</translation>
    </message>
    <message numerus="yes">
        <source>Registrars differ about %n element(s)</source>
        <translation>
            <numerusform>Registrarene er uenige om %n element</numerusform>
            <numerusform>Registrarene er uenige om %n elementer</numerusform>
        </translation>
    </message>
    <message>
        <source>Failovers of the last hour: p95 is %1, above %2</source>
        <translation>Failovere den siste timen: p95 er %1, over %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::RulesPanel</name>
    <message>
        <source>Alarm</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Varighet</translation>
    </message>
    <message>
        <source>Everything is within its limits.</source>
        <translation>Alt er innenfor grensene sine.</translation>
    </message>
    <message>
        <source>Fewer elements up than</source>
        <translation>Færre aktive elementer enn</translation>
    </message>
    <message>
        <source>Least number of elements that are up, of each pool</source>
        <translation>Minste antall aktive elementer, for hver pool</translation>
    </message>
    <message>
        <source>Load above, for</source>
        <translation>Last over, i</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Load of an element</source>
        <translation>Lasten til et element</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>How long it must stay above that load</source>
        <translation>Hvor lenge det må ligge over denne lasten</translation>
    </message>
    <message>
        <source>Nothing heard for</source>
        <translation>Ingenting hørt på</translation>
    </message>
    <message>
        <source>Silence of the source</source>
        <translation>Stillhet fra kilden</translation>
    </message>
    <message>
        <source>Registrars differ for</source>
        <translation>Registrarer uenige i</translation>
    </message>
    <message>
        <source>How long registrars may differ</source>
        <translation>Hvor lenge registrarene kan være uenige</translation>
    </message>
    <message>
        <source>Failover p95 above</source>
        <translation>Failover p95 over</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>p95 of failovers in the last hour</source>
        <translation>p95 for failovere den siste timen</translation>
    </message>
    <message>
        <source>Tell the desktop, quietly</source>
        <translation>Stille varsel på skrivebordet</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Alarmer</translation>
    </message>
    <message>
        <source>of pools: Fractal*=3, EchoPool=2</source>
        <translation>per pool: Fractal*=3, EchoPool=2</translation>
    </message>
    <message>
        <source>Other least numbers, for pools</source>
        <translation>Andre minstetall, for pooler</translation>
    </message>
</context>
<context>
    <name>kolam::gui::RunOutput</name>
    <message>
        <source>the picture was not complete</source>
        <translation>bildet var ikke ferdig</translation>
    </message>
    <message>
        <source>the screenshot %1 cannot be written</source>
        <translation>skjermbildet %1 kan ikke skrives</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kan ikke skrives: %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::ShortcutSheet</name>
    <message>
        <source>Keys and gestures</source>
        <translation>Taster og bevegelser</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Hva</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Hvordan</translation>
    </message>
    <message>
        <source>menu</source>
        <translation>meny</translation>
    </message>
    <message>
        <source>  or  </source>
        <translation>  eller  </translation>
    </message>
</context>
<context>
    <name>kolam::gui::StatusLine</name>
    <message>
        <source>Point under the pointer</source>
        <translation>Punkt under pekeren</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Ferdig</translation>
    </message>
    <message>
        <source>Tiles done</source>
        <translation>Ferdige fliser</translation>
    </message>
    <message>
        <source>%1/%2 tiles</source>
        <translation>%1/%2 fliser</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Gjenstående tid</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 igjen</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Hastighet</translation>
    </message>
    <message>
        <source>%1 points/s</source>
        <translation>%1 punkter/s</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovere</translation>
    </message>
    <message numerus="yes">
        <source>%n failover(s)</source>
        <translation>
            <numerusform>%n failover</numerusform>
            <numerusform>%n failovere</numerusform>
        </translation>
    </message>
    <message>
        <source>Computed again</source>
        <translation>Beregnet på nytt</translation>
    </message>
    <message>
        <source>%1 % again</source>
        <translation>%1 % på nytt</translation>
    </message>
    <message>
        <source>inside</source>
        <translation>innenfor</translation>
    </message>
    <message>
        <source>iterations %1</source>
        <translation>iterasjoner %1</translation>
    </message>
    <message>
        <source>at most %1 iterations</source>
        <translation>høyst %1 iterasjoner</translation>
    </message>
    <message>
        <source>zoom %1</source>
        <translation>zoom %1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>på %1</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>stoppet</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>avvist</translation>
    </message>
</context>
<context>
    <name>kolam::gui::TablePage</name>
    <message>
        <source>Columns of %1</source>
        <translation>Kolonner i %1</translation>
    </message>
    <message>
        <source>As at &amp;first</source>
        <translation>&amp;Tilbakestill</translation>
    </message>
</context>
<context>
    <name>kolam::gui::TimeBar</name>
    <message>
        <source>Time</source>
        <translation>Tid</translation>
    </message>
    <message>
        <source>Moment that is shown</source>
        <translation>Øyeblikket som vises</translation>
    </message>
    <message>
        <source>PAUSED %1</source>
        <translation>PAUSE %1</translation>
    </message>
    <message>
        <source>×%1 %2</source>
        <translation>×%1 %2</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>DIREKTE</translation>
    </message>
    <message>
        <source>LIVE %1</source>
        <translation>DIREKTE %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::TimelineBar</name>
    <message>
        <source>Time line</source>
        <translation>Tidslinje</translation>
    </message>
    <message>
        <source>Left and right go to the event before or after; Home and End to the beginning and to now.</source>
        <translation>Venstre og høyre går til forrige eller neste hendelse; Home og End til begynnelsen og til nå.</translation>
    </message>
    <message>
        <source>× crash, F failover, T takeover, ! fault, + somebody has come. Drag to go there, Shift-drag for a range, wheel to zoom.</source>
        <translation>× krasj, F failover, T overtakelse, ! feil, + noen er kommet til. Dra for å gå dit, dra med Skift for et område, hjul for å zoome.</translation>
    </message>
    <message>
        <source>%1, median %2, longest %3</source>
        <translation>%1, median %2, lengste %3</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n hendelse</numerusform>
            <numerusform>%n hendelser</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failover(s)</source>
        <translation>
            <numerusform>%n failover</numerusform>
            <numerusform>%n failovere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kolam::gui::TopologyView</name>
    <message>
        <source>place %1</source>
        <translation>flytt %1</translation>
    </message>
    <message>
        <source>Map of the pool</source>
        <translation>Kart over poolen</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n noder</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is here yet. Components of this scope appear by themselves, for example those of “kolam demo”.</source>
        <translation>Ingen er her ennå. Komponenter i dette området dukker opp av seg selv, for eksempel de fra «kolam demo».</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are shown as groups</source>
        <translation>
            <numerusform>%n komponent vises som gruppe</numerusform>
            <numerusform>%n komponenter vises som grupper</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>forget places</source>
        <translation>glem plasser</translation>
    </message>
</context>
<context>
    <name>kolam::gui::WhyPanel</name>
    <message>
        <source>Next try %1.</source>
        <translation>Neste forsøk %1.</translation>
    </message>
    <message>
        <source>Attempts per waiting session: %1 a second.</source>
        <translation>Forsøk per ventende sesjon: %1 i sekundet.</translation>
    </message>
    <message>
        <source>Start a &amp;local pool</source>
        <translation>Start en &amp;lokal pool</translation>
    </message>
    <message>
        <source>A registrar and some elements on this host, which end with this window</source>
        <translation>En registrar og noen elementer på denne maskinen, som avsluttes med dette vinduet</translation>
    </message>
</context>
</TS>
