<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open a parameter file or a saved picture</source>
        <translation>Eine Parameterdatei oder ein gespeichertes Bild öffnen</translation>
    </message>
    <message>
        <source>&amp;Save picture…</source>
        <translation>Bild &amp;speichern…</translation>
    </message>
    <message>
        <source>Save the picture as PNG, with its parameters</source>
        <translation>Das Bild als PNG speichern, mit seinen Parametern</translation>
    </message>
    <message>
        <source>Save &amp;parameters…</source>
        <translation>&amp;Parameter speichern…</translation>
    </message>
    <message>
        <source>Save a parameter file (.fsf)</source>
        <translation>Eine Parameterdatei (.fsf) speichern</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Das Fenster schließen</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Navigation</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>The place before</source>
        <translation>Zur vorherigen Stelle</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vorwärts</translation>
    </message>
    <message>
        <source>The place after</source>
        <translation>Zur nächsten Stelle</translation>
    </message>
    <message>
        <source>&amp;Whole set</source>
        <translation>Ganze &amp;Menge</translation>
    </message>
    <message>
        <source>Show the whole set</source>
        <translation>Die ganze Menge zeigen</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Closer to the middle</source>
        <translation>Näher an die Mitte heran</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Away from the middle</source>
        <translation>Von der Mitte weg</translation>
    </message>
    <message>
        <source>Zoom into a bo&amp;x</source>
        <translation>&amp;Ausschnitt vergrößern</translation>
    </message>
    <message>
        <source>The next drag draws a box</source>
        <translation>Das nächste Ziehen zeichnet einen Rahmen</translation>
    </message>
    <message>
        <source>Move &amp;left</source>
        <translation>Nach &amp;links</translation>
    </message>
    <message>
        <source>Move &amp;right</source>
        <translation>Nach &amp;rechts</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>&amp;Pool</source>
        <translation>&amp;Pool</translation>
    </message>
    <message>
        <source>&amp;Compute again</source>
        <translation>Neu be&amp;rechnen</translation>
    </message>
    <message>
        <source>Compute this picture again</source>
        <translation>Dieses Bild neu berechnen</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Stop computing</source>
        <translation>Die Berechnung anhalten</translation>
    </message>
    <message>
        <source>&amp;More sessions</source>
        <translation>&amp;Mehr Sitzungen</translation>
    </message>
    <message>
        <source>&amp;Fewer sessions</source>
        <translation>&amp;Weniger Sitzungen</translation>
    </message>
    <message>
        <source>&amp;Kill the busiest element</source>
        <translation>Aktivstes Element &amp;hart beenden</translation>
    </message>
    <message>
        <source>Only elements that a demonstration has started</source>
        <translation>Nur Elemente, die von einer Vorführung gestartet wurden</translation>
    </message>
    <message>
        <source>Free&amp;ze the busiest element</source>
        <translation>Aktivstes Element &amp;einfrieren</translation>
    </message>
    <message>
        <source>&amp;Restart all killed elements</source>
        <translation>Alle beendeten Elemente neu &amp;starten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Overlay</source>
        <translation>&amp;Overlay</translation>
    </message>
    <message>
        <source>Show or hide who computes what</source>
        <translation>Zeigen oder verbergen, wer was berechnet</translation>
    </message>
    <message>
        <source>Overlay &amp;shows</source>
        <translation>Overlay &amp;zeigt</translation>
    </message>
    <message>
        <source>&amp;Next palette</source>
        <translation>&amp;Nächste Palette</translation>
    </message>
    <message>
        <source>&amp;Previous palette</source>
        <translation>&amp;Vorherige Palette</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Presenter</source>
        <translation>&amp;Präsentation</translation>
    </message>
    <message>
        <source>High &amp;contrast</source>
        <translation>Hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Voll&amp;bild</translation>
    </message>
    <message>
        <source>Hide the form and the gallery: more room for the picture</source>
        <translation>Formular und Galerie ausblenden: mehr Platz für das Bild</translation>
    </message>
    <message>
        <source>&amp;Copy all events</source>
        <translation>Alle &amp;Ereignisse kopieren</translation>
    </message>
    <message>
        <source>Copy the list of events as text</source>
        <translation>Die Liste der Ereignisse als Text kopieren</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Keys and gestures</source>
        <translation>&amp;Tasten und Gesten</translation>
    </message>
    <message>
        <source>&amp;About kolam-fractal</source>
        <translation>&amp;Über kolam-fractal</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Pan&amp;els</source>
        <translation>&amp;Teilfenster</translation>
    </message>
    <message>
        <source>Picture and pool onl&amp;y</source>
        <translation>Nur Bild und &amp;Pool</translation>
    </message>
    <message>
        <source>&amp;Julia set of this point</source>
        <translation>&amp;Julia-Menge dieses Punkts</translation>
    </message>
    <message>
        <source>The point of the Mandelbrot set under the pointer becomes the constant</source>
        <translation>Der Punkt der Mandelbrot-Menge unter dem Zeiger wird zur Konstante</translation>
    </message>
    <message>
        <source>&amp;Slide show</source>
        <translation>&amp;Diaschau</translation>
    </message>
    <message>
        <source>The pictures of the gallery, one after the other</source>
        <translation>Die Bilder der Galerie, eines nach dem anderen</translation>
    </message>
    <message>
        <source>E&amp;dit palette…</source>
        <translation>Palette bea&amp;rbeiten…</translation>
    </message>
    <message>
        <source>Make a palette of your own from this one</source>
        <translation>Aus dieser eine eigene Palette machen</translation>
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
        <translation>Es bedient Nutzer.</translation>
    </message>
    <message>
        <source>registering</source>
        <translation>registriert sich</translation>
    </message>
    <message>
        <source>It looks for a registrar, or waits for its answer.</source>
        <translation>Es sucht einen Registrar oder wartet auf dessen Antwort.</translation>
    </message>
    <message>
        <source>draining</source>
        <translation>läuft aus</translation>
    </message>
    <message>
        <source>It serves the users that it has, and takes no others.</source>
        <translation>Es bedient seine bisherigen Nutzer und nimmt keine neuen an.</translation>
    </message>
    <message>
        <source>left</source>
        <translation>abgemeldet</translation>
    </message>
    <message>
        <source>It has said goodbye.</source>
        <translation>Es hat sich abgemeldet.</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Whoever knew about it is gone.</source>
        <translation>Niemand ist mehr da, der etwas darüber weiß.</translation>
    </message>
    <message>
        <source>suspect</source>
        <translation>verdächtig</translation>
    </message>
    <message>
        <source>Others say that they do not reach it.</source>
        <translation>Andere melden, dass sie es nicht erreichen.</translation>
    </message>
    <message>
        <source>conflicting</source>
        <translation>doppelt</translation>
    </message>
    <message>
        <source>Two senders use its identifier.</source>
        <translation>Zwei Absender verwenden seine Kennung.</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>eingefroren</translation>
    </message>
    <message>
        <source>Its process is there, and says nothing.</source>
        <translation>Sein Prozess ist da, antwortet aber nicht.</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>ausgefallen</translation>
    </message>
    <message>
        <source>It went without a word: crashed, or killed.</source>
        <translation>Es ist ohne Abmeldung verschwunden: abgestürzt oder hart beendet.</translation>
    </message>
</context>
<context>
    <name>Events</name>
    <message>
        <source>its process is gone, or the way to it</source>
        <translation>sein Prozess ist weg, oder der Weg zu ihm</translation>
    </message>
    <message>
        <source>it ended the session</source>
        <translation>es hat die Sitzung beendet</translation>
    </message>
    <message>
        <source>it does not answer any more</source>
        <translation>es antwortet nicht mehr</translation>
    </message>
    <message>
        <source>no connection comes about</source>
        <translation>es kommt keine Verbindung zustande</translation>
    </message>
    <message>
        <source>it delivers nothing</source>
        <translation>es liefert nichts</translation>
    </message>
    <message>
        <source>for an unknown reason</source>
        <translation>aus unbekanntem Grund</translation>
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
        <translation>%1 arbeitet mit.</translation>
    </message>
    <message>
        <source>The pool has no element at the moment.</source>
        <translation>Der Pool hat zurzeit kein Element.</translation>
    </message>
    <message numerus="yes">
        <source>Picture complete after %1; %n failover(s), rows computed again: %2.</source>
        <translation>
            <numerusform>Bild fertig nach %1; %n Failover, erneut berechnete Zeilen: %2.</numerusform>
            <numerusform>Bild fertig nach %1; %n Failovers, erneut berechnete Zeilen: %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Registrar %1.</source>
        <translation>Registrar %1.</translation>
    </message>
    <message>
        <source>The registrar is gone; looking for another. Running sessions go on.</source>
        <translation>Der Registrar ist weg; ein anderer wird gesucht. Laufende Sitzungen gehen weiter.</translation>
    </message>
    <message>
        <source>Element %1 (%2)</source>
        <translation>Element %1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>New picture: %1 × %2 points in %n tile(s), %3 sessions.</source>
        <translation>
            <numerusform>Neues Bild: %1 × %2 Punkte in %n Kachel, Sitzungen: %3.</numerusform>
            <numerusform>Neues Bild: %1 × %2 Punkte in %n Kacheln, Sitzungen: %3.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left: %2.</source>
        <translation>%1 hat den Pool verlassen: %2.</translation>
    </message>
    <message>
        <source>%1 lost: %2.</source>
        <translation>%1 ist ausgefallen: %2.</translation>
    </message>
    <message>
        <source>Its tiles look for another element.</source>
        <translation>Seine Kacheln suchen ein anderes Element.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>nothing computed again</source>
        <translation>nichts erneut berechnet</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) computed again</source>
        <translation>
            <numerusform>%n Zeile erneut berechnet</numerusform>
            <numerusform>%n Zeilen erneut berechnet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tile(s) of %1 continued at %2 after %3, %4.</source>
        <translation>
            <numerusform>%n Kachel von %1 nach %3 bei %2 fortgesetzt, %4.</numerusform>
            <numerusform>%n Kacheln von %1 nach %3 bei %2 fortgesetzt, %4.</numerusform>
        </translation>
    </message>
    <message>
        <source>An element does not compute this picture: %1.</source>
        <translation>Ein Element berechnet dieses Bild nicht: %1.</translation>
    </message>
    <message>
        <source>Compatible mode: banded colours. No element knows smooth fractals.</source>
        <translation>Kompatibler Modus: gestufte Farben. Kein Element kennt glatte Fraktale.</translation>
    </message>
</context>
<context>
    <name>FaultBook</name>
    <message>
        <source>flapping</source>
        <translation>flattert</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Whole set</source>
        <translation>Ganze Menge</translation>
    </message>
    <message>
        <source>Seahorse valley</source>
        <translation>Seepferdchental</translation>
    </message>
    <message>
        <source>Seahorse tail</source>
        <translation>Seepferdchenschwanz</translation>
    </message>
    <message>
        <source>Elephant valley</source>
        <translation>Elefantental</translation>
    </message>
    <message>
        <source>Double spiral</source>
        <translation>Doppelspirale</translation>
    </message>
    <message>
        <source>Sceptre</source>
        <translation>Zepter</translation>
    </message>
    <message>
        <source>Ember</source>
        <translation>Glut</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Triple spiral</source>
        <translation>Dreifachspirale</translation>
    </message>
    <message>
        <source>Needle eye</source>
        <translation>Nadelöhr</translation>
    </message>
    <message>
        <source>Lightning</source>
        <translation>Blitz</translation>
    </message>
    <message>
        <source>Garland</source>
        <translation>Girlande</translation>
    </message>
    <message>
        <source>Cubic coral</source>
        <translation>Kubische Koralle</translation>
    </message>
    <message>
        <source>Cubic island</source>
        <translation>Kubische Insel</translation>
    </message>
    <message>
        <source>Sevenfold</source>
        <translation>Siebenfach</translation>
    </message>
    <message>
        <source>Rabbit</source>
        <translation>Kaninchen</translation>
    </message>
    <message>
        <source>Dragon</source>
        <translation>Drache</translation>
    </message>
    <message>
        <source>Armada</source>
        <translation>Armada</translation>
    </message>
    <message>
        <source>Five roots</source>
        <translation>Fünf Wurzeln</translation>
    </message>
    <message>
        <source>Clover</source>
        <translation>Kleeblatt</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>Language of the window: en, de or nb; else that of the desktop.</source>
        <translation>Sprache des Fensters: en, de oder nb; sonst die der Arbeitsfläche.</translation>
    </message>
    <message>
        <source>--lang: “%1” is none of en, de, nb</source>
        <translation>--lang: „%1“ ist weder en noch de noch nb</translation>
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
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message>
        <source>registrar</source>
        <translation>Registrar</translation>
    </message>
</context>
<context>
    <name>MonitorActions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Save the &amp;map…</source>
        <translation>&amp;Karte speichern…</translation>
    </message>
    <message>
        <source>Save the &amp;tables…</source>
        <translation>&amp;Tabellen speichern…</translation>
    </message>
    <message>
        <source>Components, sessions and failovers as CSV</source>
        <translation>Komponenten, Sitzungen und Failovers als CSV</translation>
    </message>
    <message>
        <source>Save the &amp;events…</source>
        <translation>&amp;Ereignisse speichern…</translation>
    </message>
    <message>
        <source>As CSV</source>
        <translation>Als CSV</translation>
    </message>
    <message>
        <source>Save all that is &amp;known…</source>
        <translation>&amp;Alles Bekannte speichern…</translation>
    </message>
    <message>
        <source>The model of this moment as JSON</source>
        <translation>Das Modell dieses Augenblicks als JSON</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Das Fenster schließen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle…</translation>
    </message>
    <message>
        <source>Find what to do by its name</source>
        <translation>Einen Befehl nach seinem Namen suchen</translation>
    </message>
    <message>
        <source>&amp;Keys and gestures</source>
        <translation>&amp;Tasten und Gesten</translation>
    </message>
    <message>
        <source>&amp;About kolam-monitor</source>
        <translation>&amp;Über kolam-monitor</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Zeit</translation>
    </message>
    <message>
        <source>&amp;Pause or play</source>
        <translation>&amp;Anhalten oder weiterlaufen</translation>
    </message>
    <message>
        <source>Stand still, or go on from here</source>
        <translation>Stehen bleiben oder von hier an weiterlaufen</translation>
    </message>
    <message>
        <source>Event &amp;before</source>
        <translation>&amp;Vorheriges Ereignis</translation>
    </message>
    <message>
        <source>Event &amp;after</source>
        <translation>&amp;Nächstes Ereignis</translation>
    </message>
    <message>
        <source>To the be&amp;ginning</source>
        <translation>Zum An&amp;fang</translation>
    </message>
    <message>
        <source>To &amp;now</source>
        <translation>Zur &amp;Gegenwart</translation>
    </message>
    <message>
        <source>Show what is, as it happens</source>
        <translation>Zeigen, was gerade geschieht</translation>
    </message>
    <message>
        <source>&amp;Slower</source>
        <translation>&amp;Langsamer</translation>
    </message>
    <message>
        <source>Down to a thousandth</source>
        <translation>Bis zu einem Tausendstel</translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation>&amp;Schneller</translation>
    </message>
    <message>
        <source>Go to the last fail&amp;over</source>
        <translation>Zum letzten Fail&amp;over</translation>
    </message>
    <message>
        <source>To the moment before it, with its milliseconds on the time line</source>
        <translation>Zum Augenblick davor, mit seinen Millisekunden auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Whole &amp;time line</source>
        <translation>Ganze &amp;Zeitleiste</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>&amp;Karte</translation>
    </message>
    <message>
        <source>&amp;Layers</source>
        <translation>&amp;Schichten</translation>
    </message>
    <message>
        <source>&amp;Rings</source>
        <translation>&amp;Ringe</translation>
    </message>
    <message>
        <source>By &amp;host</source>
        <translation>Nach R&amp;echner</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>&amp;Gitter</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Show &amp;everything</source>
        <translation>&amp;Alles zeigen</translation>
    </message>
    <message>
        <source>&amp;Undo the last move</source>
        <translation>&amp;Letzte Verschiebung zurücknehmen</translation>
    </message>
    <message>
        <source>Re&amp;do it</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>Mini ma&amp;p</source>
        <translation>&amp;Minikarte</translation>
    </message>
    <message>
        <source>When not all is seen</source>
        <translation>Wenn nicht alles zu sehen ist</translation>
    </message>
    <message>
        <source>&amp;Messages as dots</source>
        <translation>Nachrichten als &amp;Punkte</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>S&amp;uchen…</translation>
    </message>
    <message>
        <source>In components and events</source>
        <translation>In Komponenten und Ereignissen</translation>
    </message>
    <message>
        <source>F&amp;aults</source>
        <translation>&amp;Störungen</translation>
    </message>
    <message>
        <source>Only processes that a demonstration has started</source>
        <translation>Nur Prozesse, die von einer Vorführung gestartet wurden</translation>
    </message>
    <message>
        <source>&amp;Kill</source>
        <translation>&amp;Hart beenden</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Ask it to leave: it deregisters</source>
        <translation>Zum Verlassen auffordern: meldet sich ab</translation>
    </message>
    <message>
        <source>Free&amp;ze</source>
        <translation>&amp;Einfrieren</translation>
    </message>
    <message>
        <source>&amp;Resume or restart</source>
        <translation>&amp;Fortsetzen oder neu starten</translation>
    </message>
    <message>
        <source>&amp;Lose packets</source>
        <translation>Pakete ver&amp;lieren</translation>
    </message>
    <message>
        <source>Three of ten, each way</source>
        <translation>Drei von zehn, in jeder Richtung</translation>
    </message>
    <message>
        <source>&amp;Delay packets</source>
        <translation>Pakete &amp;verzögern</translation>
    </message>
    <message>
        <source>&amp;Cut off</source>
        <translation>Ab&amp;trennen</translation>
    </message>
    <message>
        <source>From everybody else</source>
        <translation>Von allen anderen</translation>
    </message>
    <message>
        <source>Drai&amp;n</source>
        <translation>&amp;Auslaufen lassen</translation>
    </message>
    <message>
        <source>No more users; it leaves when the last one has gone</source>
        <translation>Keine neuen Nutzer; verlässt den Pool, wenn der letzte gegangen ist</translation>
    </message>
    <message>
        <source>&amp;Heal everything</source>
        <translation>Alle&amp;s beheben</translation>
    </message>
    <message>
        <source>Select &amp;element</source>
        <translation>Element aus&amp;wählen</translation>
    </message>
    <message>
        <source>Element &amp;%1</source>
        <translation>Element &amp;%1</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Presenter</source>
        <translation>&amp;Präsentation</translation>
    </message>
    <message>
        <source>High &amp;contrast</source>
        <translation>Hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Teilfenster</translation>
    </message>
    <message>
        <source>The whole screen, large letters, the map and what explains it</source>
        <translation>Der ganze Bildschirm, große Schrift, die Karte und was sie erklärt</translation>
    </message>
    <message>
        <source>Leave the prese&amp;ntation</source>
        <translation>Präsentation &amp;verlassen</translation>
    </message>
    <message>
        <source>Panels as at &amp;first</source>
        <translation>Teilfenster &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>P&amp;resent</source>
        <translation>&amp;Präsentieren</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Last failover</source>
        <translation>Letzter Failover</translation>
    </message>
    <message>
        <source>As PNG, SVG or PDF</source>
        <translation>Als PNG, SVG oder PDF</translation>
    </message>
    <message>
        <source>&amp;Import a setup…</source>
        <translation>Aufbau &amp;importieren…</translation>
    </message>
    <message>
        <source>Places and components of rserpooldemo (XML)</source>
        <translation>Plätze und Komponenten von rserpooldemo (XML)</translation>
    </message>
    <message>
        <source>Slo&amp;w down</source>
        <translation>Verlangsa&amp;men</translation>
    </message>
    <message>
        <source>It runs for a fifth of the time</source>
        <translation>Es läuft ein Fünftel der Zeit</translation>
    </message>
    <message>
        <source>&amp;Flap</source>
        <translation>Flatter&amp;n</translation>
    </message>
    <message>
        <source>Frozen for a second, running for a second</source>
        <translation>Eine Sekunde eingefroren, eine Sekunde am Laufen</translation>
    </message>
    <message>
        <source>&amp;Overload</source>
        <translation>Übe&amp;rlasten</translation>
    </message>
    <message>
        <source>A crowd of users comes to an element, and takes what it can get</source>
        <translation>Viele Nutzer kommen zu einem Element und nehmen, was sie bekommen</translation>
    </message>
    <message>
        <source>200 ms, each way</source>
        <translation>200 ms in jede Richtung</translation>
    </message>
    <message>
        <source>Cut off fro&amp;m…</source>
        <translation>Abtrennen v&amp;on…</translation>
    </message>
    <message>
        <source>Some from some others</source>
        <translation>Einige von einigen anderen</translation>
    </message>
    <message>
        <source>Save a &amp;clip…</source>
        <translation>Aus&amp;schnitt speichern…</translation>
    </message>
    <message>
        <source>The marked range of the time line, as a recording of its own</source>
        <translation>Der markierte Bereich der Zeitleiste als eigene Aufzeichnung</translation>
    </message>
    <message>
        <source>C&amp;ompare with a recording…</source>
        <translation>Mit einer Aufzeichnung &amp;vergleichen…</translation>
    </message>
    <message>
        <source>How long failovers took, and figures, of both</source>
        <translation>Wie lange Failovers dauerten, und Kennzahlen, von beiden</translation>
    </message>
    <message>
        <source>For&amp;k from here</source>
        <translation>Von hier a&amp;bzweigen</translation>
    </message>
    <message>
        <source>Only what is simulated can go on differently from a moment in the past; real systems cannot go back</source>
        <translation>Nur Simuliertes kann von einem vergangenen Moment anders weitergehen; echte Systeme können nicht zurück</translation>
    </message>
    <message>
        <source>Over a pi&amp;cture</source>
        <translation>Über einem &amp;Bild</translation>
    </message>
    <message>
        <source>Choose the pic&amp;ture…</source>
        <translation>Bild wä&amp;hlen…</translation>
    </message>
    <message>
        <source>A plan of the building or a map, for example</source>
        <translation>Zum Beispiel ein Gebäudeplan oder eine Landkarte</translation>
    </message>
    <message>
        <source>Forget m&amp;y places</source>
        <translation>Mei&amp;ne Plätze vergessen</translation>
    </message>
    <message>
        <source>Everything goes where this layout puts it</source>
        <translation>Alles geht dorthin, wo diese Anordnung es haben will</translation>
    </message>
    <message>
        <source>&amp;Whose elements they are</source>
        <translation>Wessen Elemente es sin&amp;d</translation>
    </message>
    <message>
        <source>A ground in the colour of the home registrar</source>
        <translation>Ein Grund in der Farbe des Heimat-Registrars</translation>
    </message>
    <message>
        <source>&amp;Lessons</source>
        <translation>&amp;Lektionen</translation>
    </message>
    <message>
        <source>A lesson with a pool of its own, in a window of its own</source>
        <translation>Eine Lektion mit eigenem Pool in einem eigenen Fenster</translation>
    </message>
    <message>
        <source>&amp;Open a scenario…</source>
        <translation>Szenario ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>A file with or without a lesson; its pool gets a window of its own</source>
        <translation>Eine Datei mit oder ohne Lektion; ihr Pool bekommt ein eigenes Fenster</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Do, answer or go on: also space and the forward key of a clicker</source>
        <translation>Tun, antworten oder weitergehen: auch mit der Leertaste oder der Vorwärtstaste eines Presenters</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Skip the step</source>
        <translation>Schritt ü&amp;berspringen</translation>
    </message>
    <message>
        <source>Once &amp;more, slowly</source>
        <translation>Noch einmal, &amp;langsam</translation>
    </message>
    <message>
        <source>The last failover, a thousand times as slow</source>
        <translation>Der letzte Failover, tausendmal so langsam</translation>
    </message>
    <message>
        <source>&amp;End the lesson</source>
        <translation>Lektion b&amp;eenden</translation>
    </message>
</context>
<context>
    <name>MonitorOptions</name>
    <message>
        <source>Watches a pool of RSerPool: registrars, elements, users, sessions. Rewinds to the milliseconds of a failover.</source>
        <translation>Beobachtet einen RSerPool-Pool: Registrare, Elemente, Nutzer, Sitzungen. Spult zurück bis zu den Millisekunden eines Failovers.</translation>
    </message>
    <message>
        <source>layered, ring, hosts, grid or picture.</source>
        <translation>layered, ring, hosts, grid oder picture.</translation>
    </message>
    <message>
        <source>Play a scenario (*.rsdemo); if it has a lesson, teach that.</source>
        <translation>Ein Szenario (*.rsdemo) spielen; hat es eine Lektion, diese lehren.</translation>
    </message>
    <message>
        <source>--layout: “%1” is none of layered, ring, hosts, grid, picture</source>
        <translation>--layout: „%1“ ist keines von layered, ring, hosts, grid, picture</translation>
    </message>
    <message>
        <source>A scenario has a pool of its own: without --replay and --control</source>
        <translation>Ein Szenario hat seinen eigenen Pool: ohne --replay und --control</translation>
    </message>
    <message>
        <source>The scenario %1 cannot be read</source>
        <translation>Das Szenario %1 kann nicht gelesen werden</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>A registrar to ask, besides those that announce themselves. May be repeated.</source>
        <translation>Ein Registrar, der gefragt wird, neben denen, die sich selbst ankündigen. Darf mehrfach vorkommen.</translation>
    </message>
    <message>
        <source>Handle of the pool (FractalGeneratorPool).</source>
        <translation>Handle des Pools (FractalGeneratorPool).</translation>
    </message>
    <message>
        <source>Timers: rsplib, rfc, demo or fast (rsplib).</source>
        <translation>Zeitgeber: rsplib, rfc, demo oder fast (rsplib).</translation>
    </message>
    <message>
        <source>SCTP of the kernel, of this program, or both: kernel, user or auto (auto).</source>
        <translation>SCTP des Kernels, dieses Programms oder beides: kernel, user oder auto (auto).</translation>
    </message>
    <message>
        <source>Also use the local network. Nothing there is authenticated.</source>
        <translation>Auch das lokale Netz verwenden. Dort ist nichts authentisiert.</translation>
    </message>
    <message>
        <source>In which viewers on this host find this program (default).</source>
        <translation>In welchem Bereich Betrachter auf diesem Rechner dieses Programm finden (default).</translation>
    </message>
    <message>
        <source>A monitor that gets status reports (CSP_SERVER, or none).</source>
        <translation>Ein Monitor, der Zustandsberichte bekommt (CSP_SERVER, oder keiner).</translation>
    </message>
    <message>
        <source>Time between two status reports (CSP_INTERVAL, or 1s).</source>
        <translation>Zeit zwischen zwei Zustandsberichten (CSP_INTERVAL, oder 1s).</translation>
    </message>
    <message>
        <source>Record what happens in NAME.kolam.pcapng.</source>
        <translation>Aufzeichnen, was geschieht, in NAME.kolam.pcapng.</translation>
    </message>
    <message>
        <source>Sessions that compute at the same time, 1 to 64 (6).</source>
        <translation>Sitzungen, die gleichzeitig rechnen, 1 bis 64 (6).</translation>
    </message>
    <message>
        <source>Size of the window in pixels.</source>
        <translation>Größe des Fensters in Pixeln.</translation>
    </message>
    <message>
        <source>Size of the picture in points; by default that of the space in the window.</source>
        <translation>Größe des Bildes in Punkten; sonst die des Platzes im Fenster.</translation>
    </message>
    <message>
        <source>Begin with this parameter file.</source>
        <translation>Mit dieser Parameterdatei beginnen.</translation>
    </message>
    <message>
        <source>Control socket of “kolam demo”: the window can kill and restart its elements.</source>
        <translation>Steuer-Socket von „kolam demo“: das Fenster kann dessen Elemente hart beenden und neu starten.</translation>
    </message>
    <message>
        <source>dark, light, presenter or contrast.</source>
        <translation>dark, light, presenter oder contrast.</translation>
    </message>
    <message>
        <source>Colours, for example doorstep, viridis or hues.</source>
        <translation>Farben, zum Beispiel doorstep, viridis oder hues.</translation>
    </message>
    <message>
        <source>What lies over the picture: none, elements, sessions, failovers or times.</source>
        <translation>Was über dem Bild liegt: none, elements, sessions, failovers oder times.</translation>
    </message>
    <message>
        <source>Save a picture of the window.</source>
        <translation>Ein Bild des Fensters speichern.</translation>
    </message>
    <message>
        <source>Save the screenshot after so many seconds (1).</source>
        <translation>Das Bildschirmfoto nach so vielen Sekunden speichern (1).</translation>
    </message>
    <message>
        <source>Save the screenshot when the picture is complete, not at once.</source>
        <translation>Das Bildschirmfoto speichern, wenn das Bild fertig ist, nicht sofort.</translation>
    </message>
    <message>
        <source>When complete, save all iteration counts: 32-bit big endian, row by row.</source>
        <translation>Wenn das Bild fertig ist, alle Iterationszahlen speichern: 32 Bit, Big Endian, Zeile für Zeile.</translation>
    </message>
    <message>
        <source>When complete, or at the end, save an account as JSON.</source>
        <translation>Wenn das Bild fertig ist, oder am Ende, einen Bericht als JSON speichern.</translation>
    </message>
    <message>
        <source>End when the picture is complete.</source>
        <translation>Beenden, wenn das Bild fertig ist.</translation>
    </message>
    <message>
        <source>Forget layout, theme and choices of earlier runs.</source>
        <translation>Anordnung, Farbschema und Einstellungen früherer Läufe vergessen.</translation>
    </message>
    <message>
        <source>Show this text.</source>
        <translation>Diesen Text zeigen.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Die Version zeigen.</translation>
    </message>
    <message>
        <source>--scope: “%1” is no name such as default or class-1.</source>
        <translation>--scope: „%1“ ist kein Name wie default oder class-1.</translation>
    </message>
    <message>
        <source>--csp-server: “%1” is no address such as 127.0.0.1:2960.</source>
        <translation>--csp-server: „%1“ ist keine Adresse wie 127.0.0.1:2960.</translation>
    </message>
    <message>
        <source>--csp-interval: “%1” is no time such as 250ms or 1s.</source>
        <translation>--csp-interval: „%1“ ist keine Zeit wie 250ms oder 1s.</translation>
    </message>
    <message>
        <source>--registrar: “%1” is no address such as 127.0.0.1:3863 or [::1]:3863.</source>
        <translation>--registrar: „%1“ ist keine Adresse wie 127.0.0.1:3863 oder [::1]:3863.</translation>
    </message>
    <message>
        <source>--pool: the handle must not be empty.</source>
        <translation>--pool: Das Handle darf nicht leer sein.</translation>
    </message>
    <message>
        <source>--profile: “%1” is none of rsplib, rfc, demo, fast.</source>
        <translation>--profile: „%1“ ist weder rsplib noch rfc noch demo noch fast.</translation>
    </message>
    <message>
        <source>--transport: “%1” is none of auto, user, kernel.</source>
        <translation>--transport: „%1“ ist weder auto noch user noch kernel.</translation>
    </message>
    <message>
        <source>--theme: “%1” is none of dark, light, presenter, contrast.</source>
        <translation>--theme: „%1“ ist weder dark noch light, presenter oder contrast.</translation>
    </message>
    <message>
        <source>--palette: “%1” is none of %2.</source>
        <translation>--palette: „%1“ ist nicht dabei: %2.</translation>
    </message>
    <message>
        <source>--overlay: “%1” is none of %2.</source>
        <translation>--overlay: „%1“ ist nicht dabei: %2.</translation>
    </message>
    <message>
        <source>--sessions: “%1” is no number from 1 to 64.</source>
        <translation>--sessions: „%1“ ist keine Zahl von 1 bis 64.</translation>
    </message>
    <message>
        <source>--size: “%1” is no size such as 1440x900.</source>
        <translation>--size: „%1“ ist keine Größe wie 1440x900.</translation>
    </message>
    <message>
        <source>--image: “%1” is no size such as 1920x1080, up to %2 each way.</source>
        <translation>--image: „%1“ ist keine Größe wie 1920x1080, bis zu %2 in jeder Richtung.</translation>
    </message>
    <message>
        <source>--fsf: the file “%1” cannot be read.</source>
        <translation>--fsf: Die Datei „%1“ ist nicht lesbar.</translation>
    </message>
    <message>
        <source>--at: “%1” is no number of seconds up to 3600.</source>
        <translation>--at: „%1“ ist keine Zahl von Sekunden bis 3600.</translation>
    </message>
    <message>
        <source>--%1: there is no folder for “%2”.</source>
        <translation>--%1: Für „%2“ gibt es keinen Ordner.</translation>
    </message>
    <message>
        <source>Fractals, computed by a pool of servers that may fail.</source>
        <translation>Fraktale, berechnet von einem Pool von Servern, die ausfallen dürfen.</translation>
    </message>
    <message>
        <source>“%1” belongs to no option.</source>
        <translation>„%1“ gehört zu keiner Option.</translation>
    </message>
    <message>
        <source>Compute this parameter file, or saved picture, into the PNG file that is named after it, without a window; --size is the picture’s then.</source>
        <translation>Diese Parameterdatei oder dieses gespeicherte Bild ohne Fenster in die danach genannte PNG-Datei berechnen; --size ist dann die Größe des Bildes.</translation>
    </message>
    <message>
        <source>With --render: so many points a pixel in each direction, 1 to 4 (1).</source>
        <translation>Mit --render: so viele Punkte je Pixel in jeder Richtung, 1 bis 4 (1).</translation>
    </message>
    <message>
        <source>--render: the file “%1” cannot be read.</source>
        <translation>--render: Die Datei „%1“ kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>--render: name one PNG file to write, for example picture.png.</source>
        <translation>--render: Eine PNG-Datei nennen, die geschrieben werden soll, zum Beispiel bild.png.</translation>
    </message>
    <message>
        <source>--render: there is no folder for “%1”.</source>
        <translation>--render: Für „%1“ gibt es keinen Ordner.</translation>
    </message>
    <message>
        <source>--antialias: “%1” is no number from 1 to 4.</source>
        <translation>--antialias: „%1“ ist keine Zahl von 1 bis 4.</translation>
    </message>
    <message>
        <source>--antialias: the picture is too wide for so many points.</source>
        <translation>--antialias: Das Bild ist für so viele Punkte zu breit.</translation>
    </message>
    <message>
        <source>With --render: so many pictures of the way from the whole set to the place, NAME-0001.png and on, 1 to 9999 (1).</source>
        <translation>Mit --render: so viele Bilder vom Weg von der ganzen Menge zur Stelle, ab NAME-0001.png, 1 bis 9999 (1).</translation>
    </message>
    <message>
        <source>Show the gallery, one picture after the other.</source>
        <translation>Die Galerie zeigen, ein Bild nach dem anderen.</translation>
    </message>
    <message>
        <source>--frames: “%1” is no number from 1 to 9999.</source>
        <translation>--frames: „%1“ ist keine Zahl von 1 bis 9999.</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>Picture only</source>
        <translation>Nur das Bild</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovers</translation>
    </message>
    <message>
        <source>Tile times</source>
        <translation>Kachelzeiten</translation>
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
        <translation>Türschwelle</translation>
    </message>
    <message>
        <source>Midnight sun</source>
        <translation>Mitternachtssonne</translation>
    </message>
    <message>
        <source>Ocean</source>
        <translation>Ozean</translation>
    </message>
    <message>
        <source>Fire</source>
        <translation>Feuer</translation>
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
        <translation>Wald</translation>
    </message>
    <message>
        <source>Twilight</source>
        <translation>Dämmerung</translation>
    </message>
    <message>
        <source>Ice and amber</source>
        <translation>Eis und Bernstein</translation>
    </message>
    <message>
        <source>Orchid</source>
        <translation>Orchidee</translation>
    </message>
    <message>
        <source>Graphite</source>
        <translation>Graphit</translation>
    </message>
    <message>
        <source>Okabe-Ito</source>
        <translation>Okabe-Ito</translation>
    </message>
    <message>
        <source>Classic hues</source>
        <translation>Klassische Farbtöne</translation>
    </message>
    <message>
        <source>Sunset</source>
        <translation>Sonnenuntergang</translation>
    </message>
    <message>
        <source>Aurora</source>
        <translation>Polarlicht</translation>
    </message>
    <message>
        <source>Peacock</source>
        <translation>Pfau</translation>
    </message>
    <message>
        <source>Rose gold</source>
        <translation>Roségold</translation>
    </message>
    <message>
        <source>Copper</source>
        <translation>Kupfer</translation>
    </message>
    <message>
        <source>Neon</source>
        <translation>Neon</translation>
    </message>
    <message>
        <source>Of your own</source>
        <translation>Eigene</translation>
    </message>
</context>
<context>
    <name>PictureFile</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>%1 is no picture that kolam-fractal has saved.</source>
        <translation>%1 ist kein Bild, das kolam-fractal gespeichert hat.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 kann nicht gelesen werden: %2</translation>
    </message>
</context>
<context>
    <name>PoolRows</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>nobody serves</source>
        <translation>niemand bedient</translation>
    </message>
    <message>
        <source>well</source>
        <translation>in Ordnung</translation>
    </message>
    <message numerus="yes">
        <source>%n in trouble</source>
        <translation>
            <numerusform>%n in Schwierigkeiten</numerusform>
            <numerusform>%n in Schwierigkeiten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 up</source>
        <translation>%1 von %2 aktiv</translation>
    </message>
    <message>
        <source>Pool, element</source>
        <translation>Pool, Element</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>Pool handle; PE identifier of 32 bits, unique in its pool (RFC 5352)</source>
        <translation>Pool-Handle; PE-Kennung von 32 Bit, eindeutig in ihrem Pool (RFC 5352)</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Pool handle (RFC 5352)</source>
        <translation>Pool-Handle (RFC 5352)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>One of nine; see the chips above</source>
        <translation>Einer von neun; siehe die Marken oben</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Why it is in this state; ≈: it follows from what others say</source>
        <translation>Warum es in diesem Zustand ist; ≈: folgt aus dem, was andere sagen</translation>
    </message>
    <message>
        <source>Says who</source>
        <translation>Laut</translation>
    </message>
    <message>
        <source>Whose word that is</source>
        <translation>Wessen Wort das ist</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>How long it has been so</source>
        <translation>Wie lange das schon so ist</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Elements of the pool that serve</source>
        <translation>Elemente des Pools, die bedienen</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Verfahren</translation>
    </message>
    <message>
        <source>How registrars choose an element (RFC 5356)</source>
        <translation>Auswahlverfahren: wie Registrare ein Element wählen (RFC 5356)</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Of an element, by its own word or its registration; of a pool, the mean of those that are up</source>
        <translation>Eines Elements, nach eigener Angabe oder seiner Registrierung; eines Pools, der Mittelwert der aktiven</translation>
    </message>
    <message>
        <source>Most</source>
        <translation>Höchste</translation>
    </message>
    <message>
        <source>The highest load in the pool</source>
        <translation>Die höchste Last im Pool</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>That stand, by the word of users and elements</source>
        <translation>Die stehen, nach Angabe von Nutzern und Elementen</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovers</translation>
    </message>
    <message>
        <source>Sessions that had to leave it, as far back as is remembered</source>
        <translation>Sitzungen, die es verlassen mussten, soweit die Erinnerung reicht</translation>
    </message>
    <message>
        <source>Failover p95</source>
        <translation>Failover p95</translation>
    </message>
    <message>
        <source>19 of 20 failovers took no longer</source>
        <translation>19 von 20 Failovers dauerten nicht länger</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Heimat</translation>
    </message>
    <message>
        <source>Its home registrar, which watches it (RFC 5353)</source>
        <translation>Sein Heimat-Registrar, der es überwacht (RFC 5353)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Where users reach it</source>
        <translation>Wo Nutzer es erreichen</translation>
    </message>
    <message>
        <source>Life</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>Registration life: it must register again within it (RFC 5352)</source>
        <translation>Gültigkeit der Registrierung: bis dahin muss es sich erneut registrieren (RFC 5352)</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>ASAP_ENDPOINT_UNREACHABLE about it since it was last heard (RFC 5352)</source>
        <translation>ASAP_ENDPOINT_UNREACHABLE über es, seit es zuletzt gehört wurde (RFC 5352)</translation>
    </message>
    <message>
        <source>Known to</source>
        <translation>Bekannt bei</translation>
    </message>
    <message>
        <source>Registrars that have it in their handlespace</source>
        <translation>Registrare, die es in ihrem Handlespace haben</translation>
    </message>
    <message>
        <source>Differs</source>
        <translation>Abweichend</translation>
    </message>
    <message>
        <source>What registrars differ about</source>
        <translation>Worin sich Registrare uneins sind</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Sessions it had no place for</source>
        <translation>Sitzungen, für die es keinen Platz hatte</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>≈ elements that only report</source>
        <translation>≈ Elemente, die nur berichten</translation>
    </message>
</context>
<context>
    <name>PoolViewActions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Das Fenster schließen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle…</translation>
    </message>
    <message>
        <source>Find what to do by its name</source>
        <translation>Einen Befehl nach seinem Namen suchen</translation>
    </message>
    <message>
        <source>&amp;Keys and gestures</source>
        <translation>&amp;Tasten und Gesten</translation>
    </message>
    <message>
        <source>&amp;About kolam-poolview</source>
        <translation>&amp;Über kolam-poolview</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>A&amp;uswahl</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Suchen…</translation>
    </message>
    <message>
        <source>Rows with all these words, in any column</source>
        <translation>Zeilen mit all diesen Wörtern, in irgendeiner Spalte</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>Nur %1</translation>
    </message>
    <message>
        <source>&amp;Everything</source>
        <translation>&amp;Alles</translation>
    </message>
    <message>
        <source>All states, no words</source>
        <translation>Alle Zustände, keine Suchwörter</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Pools</source>
        <translation>&amp;Pools</translation>
    </message>
    <message>
        <source>&amp;Elements</source>
        <translation>&amp;Elemente</translation>
    </message>
    <message>
        <source>&amp;Registrars</source>
        <translation>&amp;Registrare</translation>
    </message>
    <message>
        <source>&amp;Sessions</source>
        <translation>&amp;Sitzungen</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>Spa&amp;lten</translation>
    </message>
    <message>
        <source>Co&amp;mpact rows</source>
        <translation>&amp;Kompakte Zeilen</translation>
    </message>
    <message>
        <source>More of them on the screen</source>
        <translation>Mehr davon auf dem Bildschirm</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Presenter</source>
        <translation>&amp;Präsentation</translation>
    </message>
    <message>
        <source>High &amp;contrast</source>
        <translation>Hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>P&amp;anels</source>
        <translation>&amp;Teilfenster</translation>
    </message>
    <message>
        <source>&amp;Wall</source>
        <translation>&amp;Wandanzeige</translation>
    </message>
    <message>
        <source>The whole screen, large letters, one table after the other, no pointer</source>
        <translation>Der ganze Bildschirm, große Schrift, eine Tabelle nach der anderen, kein Zeiger</translation>
    </message>
    <message>
        <source>Leave the wa&amp;ll</source>
        <translation>Wandanzeige &amp;verlassen</translation>
    </message>
    <message>
        <source>Everything as at &amp;first</source>
        <translation>Alles &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Panels and columns</source>
        <translation>Teilfenster und Spalten</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Zeit</translation>
    </message>
    <message>
        <source>&amp;Pause or play</source>
        <translation>&amp;Anhalten oder weiterlaufen</translation>
    </message>
    <message>
        <source>Stand still, or go on from here</source>
        <translation>Stehen bleiben oder von hier an weiterlaufen</translation>
    </message>
    <message>
        <source>Event &amp;before</source>
        <translation>&amp;Vorheriges Ereignis</translation>
    </message>
    <message>
        <source>Event &amp;after</source>
        <translation>&amp;Nächstes Ereignis</translation>
    </message>
    <message>
        <source>To the be&amp;ginning</source>
        <translation>Zum An&amp;fang</translation>
    </message>
    <message>
        <source>To &amp;now</source>
        <translation>Zur &amp;Gegenwart</translation>
    </message>
    <message>
        <source>Show what is, as it happens</source>
        <translation>Zeigen, was gerade geschieht</translation>
    </message>
    <message>
        <source>&amp;Slower</source>
        <translation>&amp;Langsamer</translation>
    </message>
    <message>
        <source>Down to a thousandth</source>
        <translation>Bis zu einem Tausendstel</translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation>&amp;Schneller</translation>
    </message>
    <message>
        <source>Whole &amp;time line</source>
        <translation>Ganze &amp;Zeitleiste</translation>
    </message>
    <message>
        <source>A&amp;greement of registrars</source>
        <translation>E&amp;inigkeit der Registrare</translation>
    </message>
    <message>
        <source>Save this &amp;table…</source>
        <translation>Diese &amp;Tabelle speichern…</translation>
    </message>
    <message>
        <source>Save &amp;load over time…</source>
        <translation>&amp;Last im Zeitverlauf speichern…</translation>
    </message>
    <message>
        <source>Save all that is &amp;known…</source>
        <translation>&amp;Alles Bekannte speichern…</translation>
    </message>
    <message>
        <source>The model of this moment as JSON</source>
        <translation>Das Modell dieses Augenblicks als JSON</translation>
    </message>
    <message>
        <source>&amp;Copy rows</source>
        <translation>Zeilen &amp;kopieren</translation>
    </message>
    <message>
        <source>Those that are selected, or all, for a spreadsheet</source>
        <translation>Die ausgewählten, oder alle, für eine Tabellenkalkulation</translation>
    </message>
    <message>
        <source>&amp;Operate</source>
        <translation>&amp;Eingriffe</translation>
    </message>
    <message>
        <source>&amp;Drain</source>
        <translation>&amp;Auslaufen lassen</translation>
    </message>
    <message>
        <source>&amp;Maintenance</source>
        <translation>&amp;Wartung</translation>
    </message>
    <message>
        <source>&amp;Close sessions</source>
        <translation>&amp;Sitzungen schließen</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Restart</source>
        <translation>&amp;Neu starten</translation>
    </message>
    <message>
        <source>Find e&amp;vents…</source>
        <translation>&amp;Ereignisse suchen…</translation>
    </message>
    <message>
        <source>By object, kind and time, in all that is kept</source>
        <translation>Nach Objekt, Art und Zeit, in allem, was aufbewahrt ist</translation>
    </message>
    <message>
        <source>Serve &amp;again</source>
        <translation>W&amp;ieder dienen</translation>
    </message>
    <message>
        <source>The rows that are shown: with all columns as CSV or JSON, as they stand as PDF</source>
        <translation>Die gezeigten Zeilen: mit allen Spalten als CSV oder JSON, wie sie dastehen als PDF</translation>
    </message>
    <message>
        <source>As SVG, PNG or PDF</source>
        <translation>Als SVG, PNG oder PDF</translation>
    </message>
</context>
<context>
    <name>PoolViewOptions</name>
    <message>
        <source>Keeps an eye on pools of RSerPool: are all elements up, do all registrars agree, how busy is everybody, and if not, since when and who says so?</source>
        <translation>Behält RSerPool-Pools im Auge: Sind alle Elemente aktiv, sind sich alle Registrare einig, wie beschäftigt ist jeder, und wenn nicht: seit wann, und wer sagt das?</translation>
    </message>
    <message>
        <source>What is shown first: %1.</source>
        <translation>Was zuerst gezeigt wird: %1.</translation>
    </message>
    <message>
        <source>--view: “%1” is none of %2</source>
        <translation>--view: „%1“ ist nicht dabei: %2</translation>
    </message>
    <message>
        <source>Let components be drained, stopped and restarted from here; else the window only watches.</source>
        <translation>Komponenten können von hier aus zum Auslaufen gebracht, beendet und neu gestartet werden; sonst beobachtet das Fenster nur.</translation>
    </message>
    <message>
        <source>Where operations are written down (%1).</source>
        <translation>Wo Eingriffe aufgeschrieben werden (%1).</translation>
    </message>
    <message>
        <source>--allow-control: a recording cannot be changed</source>
        <translation>--allow-control: eine Aufzeichnung kann nicht geändert werden</translation>
    </message>
    <message>
        <source>What is selected when it appears, for example element-0x0a000001.</source>
        <translation>Was ausgewählt wird, sobald es erscheint, zum Beispiel element-0x0a000001.</translation>
    </message>
    <message>
        <source>Keep what happens in this folder, as recordings; the oldest go.</source>
        <translation>Was geschieht, in diesem Ordner aufbewahren, als Aufzeichnungen; die ältesten gehen.</translation>
    </message>
    <message>
        <source>Megabytes that are kept at most (1000).</source>
        <translation>Megabyte, die höchstens aufbewahrt werden (1000).</translation>
    </message>
    <message>
        <source>--select: “%1” is no component</source>
        <translation>--select: „%1“ ist keine Komponente</translation>
    </message>
    <message>
        <source>--history-size: “%1” is not from 16 to 1000000</source>
        <translation>--history-size: „%1“ liegt nicht zwischen 16 und 1000000</translation>
    </message>
</context>
<context>
    <name>RegistrarRows</name>
    <message numerus="yes">
        <source>%n heard</source>
        <translation>
            <numerusform>%n gehört</numerusform>
            <numerusform>%n gehört</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 heard, %2 silent</source>
        <translation>%1 gehört, %2 stumm</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>einig</translation>
    </message>
    <message numerus="yes">
        <source>%n element(s) differ</source>
        <translation>
            <numerusform>%n Element weicht ab</numerusform>
            <numerusform>%n Elemente weichen ab</numerusform>
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
        <translation>Server-Kennung von 32 Bit (RFC 5353)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>One of nine; see the chips above</source>
        <translation>Einer von neun; siehe die Marken oben</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Why it is in this state; ≈: it follows from what others say</source>
        <translation>Der Grund für diesen Zustand; ≈: folgt aus dem, was andere sagen</translation>
    </message>
    <message>
        <source>Says who</source>
        <translation>Laut</translation>
    </message>
    <message>
        <source>Whose word that is</source>
        <translation>Wessen Wort das ist</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>How long it has been so</source>
        <translation>Wie lange das schon so ist</translation>
    </message>
    <message>
        <source>Peers</source>
        <translation>Peers</translation>
    </message>
    <message>
        <source>Other registrars, as it hears their ENRP_PRESENCE (RFC 5353)</source>
        <translation>Andere Registrare, deren ENRP_PRESENCE er hört (RFC 5353)</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>In its handlespace</source>
        <translation>In seinem Handlespace</translation>
    </message>
    <message>
        <source>Owns</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Elements whose home it is</source>
        <translation>Elemente, deren Heimat er ist</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>Prüfsumme</translation>
    </message>
    <message>
        <source>Over all elements that it knows, computed as the PE checksum of RFC 5353: equal handlespaces have equal ones</source>
        <translation>Über alle Elemente, die er kennt, berechnet wie die PE-Prüfsumme von RFC 5353: Gleiche Handlespaces haben gleiche</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Einigkeit</translation>
    </message>
    <message>
        <source>Elements that it does not know, or takes to be another registrar&apos;s</source>
        <translation>Elemente, die er nicht kennt oder einem anderen Registrar zuordnet</translation>
    </message>
    <message>
        <source>Registrations</source>
        <translation>Registrierungen</translation>
    </message>
    <message>
        <source>Since it started, repeated ones included</source>
        <translation>Seit seinem Start, wiederholte mitgezählt</translation>
    </message>
    <message>
        <source>Resolutions</source>
        <translation>Auflösungen</translation>
    </message>
    <message>
        <source>Questions of users since it started</source>
        <translation>Anfragen von Nutzern seit seinem Start</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>ASAP_ENDPOINT_UNREACHABLE since it started</source>
        <translation>ASAP_ENDPOINT_UNREACHABLE seit seinem Start</translation>
    </message>
    <message>
        <source>Takeovers</source>
        <translation>Übernahmen</translation>
    </message>
    <message>
        <source>Of dead registrars&apos; elements by this one</source>
        <translation>Von Elementen ausgefallener Registrare durch diesen</translation>
    </message>
    <message>
        <source>Last one took</source>
        <translation>Letzte dauerte</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Whose session it is</source>
        <translation>Wessen Sitzung es ist</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Its number with this user</source>
        <translation>Ihre Nummer bei diesem Nutzer</translation>
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
        <translation>Das sie bedient, darum gebeten wird, oder ausgefallen ist</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovers</translation>
    </message>
    <message>
        <source>Of this session</source>
        <translation>Dieser Sitzung</translation>
    </message>
    <message>
        <source>It waits</source>
        <translation>Sie wartet</translation>
    </message>
    <message>
        <source>%1 says %2</source>
        <translation>%1 sagt %2</translation>
    </message>
    <message>
        <source>not known to %1</source>
        <translation>%1 nicht bekannt</translation>
    </message>
    <message>
        <source>home: %1</source>
        <translation>Heimat: %1</translation>
    </message>
    <message>
        <source>About which registrars differ</source>
        <translation>Worüber Registrare uneins sind</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Abweichung</translation>
    </message>
    <message>
        <source>Who does not know it, and whom each takes for its home</source>
        <translation>Wer es nicht kennt, und wen jeder für seine Heimat hält</translation>
    </message>
    <message>
        <source>How long registrars have differed about it</source>
        <translation>Wie lange Registrare darüber uneins sind</translation>
    </message>
    <message>
        <source>Known to</source>
        <translation>Bekannt bei</translation>
    </message>
</context>
<context>
    <name>Render</name>
    <message>
        <source>ended before the picture was complete</source>
        <translation>beendet, bevor das Bild vollständig war</translation>
    </message>
    <message>
        <source>compatible mode: banded colours. No element of the pool knows smooth fractals.</source>
        <translation>Kompatibler Modus: gestufte Farben. Kein Element des Pools kennt glatte Fraktale.</translation>
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
        <translation>besitzt %1</translation>
    </message>
    <message>
        <source>%1 of %2 up</source>
        <translation>%1 von %2 aktiv</translation>
    </message>
    <message>
        <source>Component</source>
        <translation>Komponente</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Does</source>
        <translation>Tätigkeit</translation>
    </message>
    <message>
        <source>Registrars</source>
        <translation>Registrare</translation>
    </message>
    <message>
        <source>Pool %1</source>
        <translation>Pool %1</translation>
    </message>
    <message>
        <source>Pool users</source>
        <translation>Poolnutzer</translation>
    </message>
    <message>
        <source>looks for an element</source>
        <translation>sucht ein Element</translation>
    </message>
    <message>
        <source>connects</source>
        <translation>verbindet sich</translation>
    </message>
    <message>
        <source>stands</source>
        <translation>steht</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>fails over</source>
        <translation>im Failover</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
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
        <translation>Failovers</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Zu</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Redone</source>
        <translation>Wiederholt</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>läuft noch</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Home registrar</source>
        <translation>Heimat-Registrar</translation>
    </message>
    <message>
        <source>Known to</source>
        <translation>Bekannt bei</translation>
    </message>
    <message numerus="yes">
        <source>%n registrar(s)</source>
        <translation>
            <numerusform>%n Registrar</numerusform>
            <numerusform>%n Registraren</numerusform>
        </translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Auswahlverfahren</translation>
    </message>
    <message>
        <source>Registration life</source>
        <translation>Gültigkeit der Registrierung</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Reported unreachable</source>
        <translation>Als unerreichbar gemeldet</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>≈ known by registrars only</source>
        <translation>≈ nur von Registraren bekannt</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>Sessions it serves</source>
        <translation>Bediente Sitzungen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Registrar</source>
        <translation>Registrar</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>%1, of which it owns %2</source>
        <translation>%1, davon eigene: %2</translation>
    </message>
    <message>
        <source>Registrations</source>
        <translation>Registrierungen</translation>
    </message>
    <message>
        <source>Resolutions</source>
        <translation>Auflösungen</translation>
    </message>
    <message>
        <source>Peer %1</source>
        <translation>Peer %1</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>heard</source>
        <translation>gehört</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>Sitzung %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Fault %1</source>
        <translation>Störung %1</translation>
    </message>
    <message>
        <source>Associations</source>
        <translation>Assoziationen</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>Meldet</translation>
    </message>
    <message>
        <source>In this state since</source>
        <translation>In diesem Zustand seit</translation>
    </message>
    <message>
        <source>≈ its reports (CSP)</source>
        <translation>≈ ihre Berichte (CSP)</translation>
    </message>
    <message>
        <source>its stream of events</source>
        <translation>ihr Ereignisstrom</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n session(s)</source>
        <translation>
            <numerusform>%1, %n Sitzung</numerusform>
            <numerusform>%1, %n Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n-mal</numerusform>
            <numerusform>%n-mal</numerusform>
        </translation>
    </message>
    <message>
        <source>Elements, by reports alone</source>
        <translation>Elemente, nur aus Berichten</translation>
    </message>
</context>
<context>
    <name>RunFigures</name>
    <message>
        <source>Length</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovers</translation>
    </message>
    <message>
        <source>Half of them took no longer than</source>
        <translation>Die Hälfte davon dauerte höchstens</translation>
    </message>
    <message>
        <source>95 of 100 took no longer than</source>
        <translation>95 von 100 dauerten höchstens</translation>
    </message>
    <message>
        <source>The longest</source>
        <translation>Der längste</translation>
    </message>
    <message>
        <source>With a cookie</source>
        <translation>Mit Cookie</translation>
    </message>
    <message>
        <source>Work done again</source>
        <translation>Wiederholte Arbeit</translation>
    </message>
    <message>
        <source>Takeovers</source>
        <translation>Übernahmen</translation>
    </message>
    <message>
        <source>Elements removed</source>
        <translation>Entfernte Elemente</translation>
    </message>
    <message>
        <source>Attempts to connect</source>
        <translation>Verbindungsversuche</translation>
    </message>
    <message>
        <source>Sessions refused</source>
        <translation>Abgelehnte Sitzungen</translation>
    </message>
    <message>
        <source>Resolutions</source>
        <translation>Auflösungen</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Events lost</source>
        <translation>Verlorene Ereignisse</translation>
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
        <translation>%1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
</context>
<context>
    <name>ScenarioLab</name>
    <message>
        <source>A lab cannot be talked to</source>
        <translation>Mit einem Labor kann nicht gesprochen werden</translation>
    </message>
    <message>
        <source>The lab cannot be started: %1</source>
        <translation>Das Labor kann nicht gestartet werden: %1</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>is starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>looks for a registrar</source>
        <translation>sucht einen Registrar</translation>
    </message>
    <message>
        <source>asks to be registered</source>
        <translation>beantragt die Registrierung</translation>
    </message>
    <message>
        <source>was rejected by its registrar</source>
        <translation>wurde vom Registrar abgelehnt</translation>
    </message>
    <message>
        <source>is at work</source>
        <translation>ist in Betrieb</translation>
    </message>
    <message>
        <source>is draining</source>
        <translation>läuft aus</translation>
    </message>
    <message>
        <source>is leaving</source>
        <translation>verlässt den Pool</translation>
    </message>
    <message>
        <source>it has deregistered</source>
        <translation>es hat sich abgemeldet</translation>
    </message>
    <message>
        <source>its association is lost</source>
        <translation>seine Assoziation ist abgebrochen</translation>
    </message>
    <message>
        <source>it did not answer a keep-alive</source>
        <translation>es hat ein Keep-Alive nicht beantwortet</translation>
    </message>
    <message>
        <source>users do not reach it</source>
        <translation>Nutzer erreichen es nicht</translation>
    </message>
    <message>
        <source>its registration has expired</source>
        <translation>seine Registrierung ist abgelaufen</translation>
    </message>
    <message>
        <source>its home registrar says so</source>
        <translation>sein Heimat-Registrar sagt es</translation>
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
        <translation>Labor</translation>
    </message>
    <message>
        <source>registrar</source>
        <translation>Registrar</translation>
    </message>
    <message>
        <source>pool element</source>
        <translation>Poolelement</translation>
    </message>
    <message>
        <source>pool user</source>
        <translation>Poolnutzer</translation>
    </message>
    <message>
        <source>director</source>
        <translation>Regie</translation>
    </message>
    <message>
        <source>component</source>
        <translation>Komponente</translation>
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
        <translation>Assoziation abgebrochen</translation>
    </message>
    <message>
        <source>the element has ended the association</source>
        <translation>Assoziation vom Element beendet</translation>
    </message>
    <message>
        <source>the element did not answer a keep-alive</source>
        <translation>Keep-Alive vom Element nicht beantwortet</translation>
    </message>
    <message>
        <source>no association could be set up</source>
        <translation>keine Assoziation zustande gekommen</translation>
    </message>
    <message>
        <source>the application asked for it</source>
        <translation>von der Anwendung verlangt</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>delay</source>
        <translation>Verzögerung</translation>
    </message>
    <message>
        <source>partition</source>
        <translation>Abtrennung</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>eingefroren</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>hart beendet</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>slow</source>
        <translation>langsam</translation>
    </message>
    <message>
        <source>overload</source>
        <translation>Überlast</translation>
    </message>
    <message>
        <source>%1 is here: %2</source>
        <translation>%1 ist da: %2</translation>
    </message>
    <message>
        <source>%1 says goodbye</source>
        <translation>%1 meldet sich ab</translation>
    </message>
    <message>
        <source>%1 says goodbye: %2</source>
        <translation>%1 meldet sich ab: %2</translation>
    </message>
    <message>
        <source>%1 is silent</source>
        <translation>%1 ist verstummt</translation>
    </message>
    <message>
        <source>%1 is gone without a word</source>
        <translation>%1 ist ohne Abmeldung verschwunden</translation>
    </message>
    <message>
        <source>%1 is heard again, after %2</source>
        <translation>%1 ist wieder zu hören, nach %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 has %2 in pool %3, owned by %4</source>
        <translation>%1 führt %2 im Pool %3, Besitzer %4</translation>
    </message>
    <message>
        <source>%1 has registered with %2 again</source>
        <translation>%1 hat sich erneut bei %2 registriert</translation>
    </message>
    <message>
        <source>%1 removes %2: %3</source>
        <translation>%1 entfernt %2: %3</translation>
    </message>
    <message>
        <source>%1 is owned by %2 now, and no more by %3</source>
        <translation>%1 gehört jetzt %2 und nicht mehr %3</translation>
    </message>
    <message>
        <source>%1 hears that %2 is not reached</source>
        <translation>%1 erfährt, dass %2 nicht erreicht wird</translation>
    </message>
    <message>
        <source>%1 hears %2</source>
        <translation>%1 hört %2</translation>
    </message>
    <message>
        <source>%1 has not heard %2 for too long</source>
        <translation>%1 hat %2 zu lange nicht gehört</translation>
    </message>
    <message>
        <source>%1 gives %2 up</source>
        <translation>%1 gibt %2 auf</translation>
    </message>
    <message>
        <source>%1 agrees that %2 takes over from %3</source>
        <translation>%1 stimmt zu, dass %2 von %3 übernimmt</translation>
    </message>
    <message>
        <source>%1 has taken over from %2</source>
        <translation>%1 hat von %2 übernommen</translation>
    </message>
    <message>
        <source>%1 opens session %2 with pool %3</source>
        <translation>%1 öffnet Sitzung %2 mit Pool %3</translation>
    </message>
    <message>
        <source>%1: session %2 goes on with %3</source>
        <translation>%1: Sitzung %2 geht mit %3 weiter</translation>
    </message>
    <message>
        <source>%1: session %2 stands with %3</source>
        <translation>%1: Sitzung %2 steht mit %3</translation>
    </message>
    <message>
        <source>%1: session %2 waits: %3</source>
        <translation>%1: Sitzung %2 wartet: %3</translation>
    </message>
    <message>
        <source>%1: session %2 has lost %3: %4</source>
        <translation>%1: Sitzung %2 hat %3 verloren: %4</translation>
    </message>
    <message>
        <source>%1 tells its registrar that it does not reach %2</source>
        <translation>%1 meldet seinem Registrar, dass %2 nicht erreichbar ist</translation>
    </message>
    <message>
        <source>%1: session %2 goes on with %3 instead of %4, after %5</source>
        <translation>%1: Sitzung %2 geht mit %3 statt %4 weiter, nach %5</translation>
    </message>
    <message>
        <source>%1 closes session %2</source>
        <translation>%1 schließt Sitzung %2</translation>
    </message>
    <message>
        <source>Fault at %1: %2 %3</source>
        <translation>Störung bei %1: %2 %3</translation>
    </message>
    <message>
        <source>Fault at %1 has ended: %2</source>
        <translation>Störung bei %1 ist vorbei: %2</translation>
    </message>
    <message>
        <source>no registrar</source>
        <translation>kein Registrar</translation>
    </message>
    <message>
        <source>no element</source>
        <translation>kein Element</translation>
    </message>
    <message>
        <source>all slots taken</source>
        <translation>alle Plätze belegt</translation>
    </message>
    <message>
        <source>no element reachable</source>
        <translation>kein Element erreichbar</translation>
    </message>
    <message>
        <source>ends</source>
        <translation>beendet sich</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 wants to take over from %2: %n element(s)</source>
        <translation>
            <numerusform>%1 will von %2 übernehmen: %n Element</numerusform>
            <numerusform>%1 will von %2 übernehmen: %n Elemente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: session %2 hands its state to %3: %n octet(s)</source>
        <translation>
            <numerusform>%1: Sitzung %2 übergibt %3 ihren Zustand: %n Oktett</numerusform>
            <numerusform>%1: Sitzung %2 übergibt %3 ihren Zustand: %n Oktette</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: session %2 has computed %3 again</source>
        <translation>%1: Sitzung %2 hat erneut berechnet: %3</translation>
    </message>
    <message numerus="yes">
        <source>%1 goes on where another one stood: a state of %n octet(s)</source>
        <translation>
            <numerusform>%1 setzt fort, wo ein anderes stand: Zustand von %n Oktett</numerusform>
            <numerusform>%1 setzt fort, wo ein anderes stand: Zustand von %n Oktetten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 had to drop %n event(s)</source>
        <translation>
            <numerusform>%1 musste %n Ereignis verwerfen</numerusform>
            <numerusform>%1 musste %n Ereignisse verwerfen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) came faster than they could be read</source>
        <translation>
            <numerusform>%n Meldung kam schneller, als sie gelesen werden konnte</numerusform>
            <numerusform>%n Meldungen kamen schneller, als sie gelesen werden konnten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StateStory</name>
    <message>
        <source>it has deregistered</source>
        <translation>hat sich abgemeldet</translation>
    </message>
    <message>
        <source>removed: its association was lost</source>
        <translation>entfernt: Assoziation abgebrochen</translation>
    </message>
    <message>
        <source>removed: no answer to keep-alives</source>
        <translation>entfernt: keine Antwort auf Keep-Alives</translation>
    </message>
    <message>
        <source>removed: users did not reach it, and it did not answer</source>
        <translation>entfernt: für Nutzer unerreichbar, und ohne Antwort</translation>
    </message>
    <message>
        <source>removed: its registration has expired</source>
        <translation>entfernt: Registrierung abgelaufen</translation>
    </message>
    <message>
        <source>removed: its home registrar says so</source>
        <translation>entfernt: sein Heimat-Registrar sagt es</translation>
    </message>
    <message>
        <source>it starts</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>it looks for a registrar</source>
        <translation>sucht einen Registrar</translation>
    </message>
    <message>
        <source>it has asked to be registered</source>
        <translation>hat die Registrierung beantragt</translation>
    </message>
    <message>
        <source>its registrar does not want it</source>
        <translation>vom Registrar abgelehnt</translation>
    </message>
    <message>
        <source>it serves</source>
        <translation>in Betrieb</translation>
    </message>
    <message>
        <source>it serves the users that it has, and no others</source>
        <translation>bedient die bisherigen Nutzer, und keine neuen</translation>
    </message>
    <message>
        <source>it takes its leave</source>
        <translation>verlässt den Pool</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>this window</source>
        <translation>dieses Fenster</translation>
    </message>
    <message>
        <source>registrars</source>
        <translation>Registrare</translation>
    </message>
    <message>
        <source>the registrars that knew it are gone</source>
        <translation>die Registrare, die es kannten, sind weg</translation>
    </message>
    <message numerus="yes">
        <source>reported unreachable %n time(s)</source>
        <translation>
            <numerusform>%n-mal als unerreichbar gemeldet</numerusform>
            <numerusform>%n-mal als unerreichbar gemeldet</numerusform>
        </translation>
    </message>
    <message>
        <source>users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>it is registered</source>
        <translation>ist registriert</translation>
    </message>
    <message>
        <source>nobody knows it</source>
        <translation>niemand kennt es</translation>
    </message>
    <message>
        <source>its reports (CSP)</source>
        <translation>eigene Berichte (CSP)</translation>
    </message>
    <message>
        <source>two senders use its identifier</source>
        <translation>zwei Absender verwenden seine Kennung</translation>
    </message>
    <message>
        <source>its stream has ended without a farewell</source>
        <translation>sein Ereignisstrom endete ohne Abmeldung</translation>
    </message>
    <message>
        <source>it has said goodbye</source>
        <translation>hat sich abgemeldet</translation>
    </message>
    <message>
        <source>its reports have ceased</source>
        <translation>seine Berichte bleiben aus</translation>
    </message>
    <message>
        <source>a peer does not hear it</source>
        <translation>ein Peer hört ihn nicht</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
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
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>its process is there, and a sign of life is overdue</source>
        <translation>sein Prozess ist da, und ein Lebenszeichen ist überfällig</translation>
    </message>
    <message>
        <source>it is cut off from everybody</source>
        <translation>es ist von allen abgetrennt</translation>
    </message>
</context>
<context>
    <name>TableSheets</name>
    <message>
        <source>%1 of %2</source>
        <comment>sheet</comment>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>TileLook</name>
    <message>
        <source>queued</source>
        <translation>eingereiht</translation>
    </message>
    <message>
        <source>waiting for an element</source>
        <translation>wartet auf ein Element</translation>
    </message>
    <message>
        <source>computing</source>
        <translation>rechnet</translation>
    </message>
    <message>
        <source>failing over</source>
        <translation>im Failover</translation>
    </message>
    <message>
        <source>computing again</source>
        <translation>rechnet erneut</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>failover</source>
        <translation>Failover</translation>
    </message>
    <message>
        <source>again %1</source>
        <translation>erneut %1</translation>
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
        <translation>besitzt %1</translation>
    </message>
    <message numerus="yes">
        <source>%n user(s)</source>
        <translation>
            <numerusform>%n Nutzer</numerusform>
            <numerusform>%n Nutzer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n Element</numerusform>
            <numerusform>%n Elemente</numerusform>
        </translation>
    </message>
    <message>
        <source>takeover %1 → %2</source>
        <translation>Übernahme %1 → %2</translation>
    </message>
</context>
<context>
    <name>WatchOptions</name>
    <message>
        <source>--source: “%1” is no address and port</source>
        <translation>--source: „%1“ ist keine Adresse mit Port</translation>
    </message>
    <message>
        <source>--at: “%1” is neither seconds from 0 to 3600, nor “failover”</source>
        <translation>--at: „%1“ ist weder eine Zahl von Sekunden (0 bis 3600) noch „failover“</translation>
    </message>
    <message>
        <source>Show a recording: the same as --source file:FILE.</source>
        <translation>Eine Aufzeichnung zeigen: dasselbe wie --source file:FILE.</translation>
    </message>
    <message>
        <source>Write a recording (NAME.kolam.pcapng).</source>
        <translation>Eine Aufzeichnung schreiben (NAME.kolam.pcapng).</translation>
    </message>
    <message>
        <source>Socket of a demonstration, whose processes can be killed and frozen.</source>
        <translation>Socket einer Vorführung, deren Prozesse hart beendet und eingefroren werden können.</translation>
    </message>
    <message>
        <source>dark, light, presenter or contrast.</source>
        <translation>dark, light, presenter oder contrast.</translation>
    </message>
    <message>
        <source>Size of the window, for example 1600x1000.</source>
        <translation>Größe des Fensters, zum Beispiel 1600x1000.</translation>
    </message>
    <message>
        <source>Without a display, and it ends after the screenshot.</source>
        <translation>Ohne Bildschirm; endet nach dem Bildschirmfoto.</translation>
    </message>
    <message>
        <source>Save a picture of the window.</source>
        <translation>Ein Bild des Fensters speichern.</translation>
    </message>
    <message>
        <source>When the picture is made: seconds after the start (2), or “failover”, a moment after the first one.</source>
        <translation>Wann das Bild entsteht: Sekunden nach dem Start (2), oder „failover“, einen Augenblick nach dem ersten.</translation>
    </message>
    <message>
        <source>Forget what earlier runs remembered.</source>
        <translation>Vergessen, was sich frühere Läufe gemerkt haben.</translation>
    </message>
    <message>
        <source>--theme: “%1” is none of dark, light, presenter, contrast</source>
        <translation>--theme: „%1“ ist weder dark noch light, presenter oder contrast</translation>
    </message>
    <message>
        <source>--size: “%1” is no size such as 1600x1000</source>
        <translation>--size: „%1“ ist keine Größe wie 1600x1000</translation>
    </message>
    <message>
        <source>A recording is shown alone: without --record and other sources</source>
        <translation>Eine Aufzeichnung wird allein gezeigt: ohne --record und andere Quellen</translation>
    </message>
    <message>
        <source>--headless needs --screenshot or --record: it would do nothing</source>
        <translation>--headless braucht --screenshot oder --record: sonst gäbe es nichts zu tun</translation>
    </message>
    <message>
        <source>The recording %1 cannot be read</source>
        <translation>Die Aufzeichnung %1 ist nicht lesbar</translation>
    </message>
    <message>
        <source>The same as --replay RECORDING.</source>
        <translation>Dasselbe wie --replay RECORDING.</translation>
    </message>
    <message>
        <source>“%1”: one recording at a time</source>
        <translation>„%1“: nur eine Aufzeichnung auf einmal</translation>
    </message>
    <message>
        <source>--source: “%1” is none of scope:NAME, csp:PORT, enrp:ADDRESS, file:RECORDING</source>
        <translation>--source: „%1“ ist weder scope:NAME noch csp:PORT noch enrp:ADDRESS noch file:RECORDING</translation>
    </message>
    <message>
        <source>What to watch: “scope:NAME”, components on this host (scope:default); “csp:[ADDRESS:]PORT”, reports of others besides; “enrp:ADDRESS[:PORT]”, a registrar of any make, which is asked every few seconds; or “file:RECORDING”. May be repeated.</source>
        <translation>Was beobachtet wird: „scope:NAME“, Komponenten auf diesem Rechner (scope:default); „csp:[ADDRESS:]PORT“, außerdem Berichte von anderen; „enrp:ADDRESS[:PORT]“, ein Registrar gleich welcher Herkunft, der alle paar Sekunden gefragt wird; oder „file:RECORDING“. Darf mehrfach vorkommen.</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>No registrar</source>
        <translation>Kein Registrar</translation>
    </message>
    <message>
        <source>Nobody answers who knows the pool: no registrar was heard, and none of the listed ones could be reached.</source>
        <translation>Es antwortet niemand, der den Pool kennt: Kein Registrar war zu hören, und keiner der angegebenen war zu erreichen.</translation>
    </message>
    <message>
        <source>Start one with “kolam-registrar”, or name one with --⁠registrar ADDRESS:PORT. It is looked for all the time.</source>
        <translation>Starten Sie einen mit „kolam-registrar“, oder nennen Sie einen mit --⁠registrar ADDRESS:PORT. Es wird ständig danach gesucht.</translation>
    </message>
    <message>
        <source>No element in the pool</source>
        <translation>Kein Element im Pool</translation>
    </message>
    <message>
        <source>The registrar knows no element of the pool “%1”.</source>
        <translation>Der Registrar kennt kein Element des Pools „%1“.</translation>
    </message>
    <message>
        <source>Start some with “kolam serve fractal”. The picture goes on as soon as the first one is registered.</source>
        <translation>Starten Sie welche mit „kolam serve fractal“. Das Bild geht weiter, sobald das erste registriert ist.</translation>
    </message>
    <message>
        <source>Too few slots</source>
        <translation>Zu wenige Plätze</translation>
    </message>
    <message>
        <source>%1 of %2 sessions wait: every element has all of its slots taken.</source>
        <translation>%1 von %2 Sitzungen warten: Bei jedem Element sind alle Plätze belegt.</translation>
    </message>
    <message>
        <source>The others go on. Start more elements, give them more slots, or use fewer sessions.</source>
        <translation>Die anderen gehen weiter. Starten Sie mehr Elemente, geben Sie ihnen mehr Plätze, oder verwenden Sie weniger Sitzungen.</translation>
    </message>
    <message>
        <source>Elements cannot be reached</source>
        <translation>Elemente nicht erreichbar</translation>
    </message>
    <message>
        <source>%1 of %2 sessions wait: the registrar names elements, but no connection comes about.</source>
        <translation>%1 von %2 Sitzungen warten: Der Registrar nennt Elemente, aber es kommt keine Verbindung zustande.</translation>
    </message>
    <message>
        <source>Their processes may just have died; the registrar forgets them soon.</source>
        <translation>Vielleicht sind ihre Prozesse gerade ausgefallen; der Registrar vergisst sie bald.</translation>
    </message>
    <message>
        <source>The network could not be opened</source>
        <translation>Das Netz konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>See --transport and --help.</source>
        <translation>Siehe --transport und --help.</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>in %1 s</source>
        <translation>in %1 s</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>An element does not compute this picture: %1.</source>
        <translation>Ein Element berechnet dieses Bild nicht: %1.</translation>
    </message>
    <message>
        <source>Choose another place, or other numbers in the form.</source>
        <translation>Wählen Sie eine andere Stelle oder andere Zahlen im Formular.</translation>
    </message>
    <message>
        <source>No element knows this fractal</source>
        <translation>Kein Element kennt dieses Fraktal</translation>
    </message>
    <message>
        <source>The elements of the pool “%1” know rsplib’s two fractals only.</source>
        <translation>Die Elemente des Pools „%1“ kennen nur die beiden Fraktale von rsplib.</translation>
    </message>
    <message>
        <source>Start one with “kolam serve fractal”, or choose another algorithm. The picture goes on as soon as somebody comes who knows it.</source>
        <translation>Starten Sie eines mit „kolam serve fractal“, oder wählen Sie einen anderen Algorithmus. Das Bild geht weiter, sobald eines kommt, das es kennt.</translation>
    </message>
    <message>
        <source>Compatible mode: banded colours</source>
        <translation>Kompatibler Modus: gestufte Farben</translation>
    </message>
    <message>
        <source>no element of the pool knows smooth fractals. “kolam serve fractal” does.</source>
        <translation>kein Element des Pools kennt glatte Fraktale. „kolam serve fractal“ kennt sie.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::AgreementClock</name>
    <message>
        <source>No registrar tells what it knows.</source>
        <translation>Kein Registrar sagt, was er weiß.</translation>
    </message>
    <message>
        <source>There is one registrar: nobody can differ from it.</source>
        <translation>Es gibt nur einen Registrar: Niemand kann von ihm abweichen.</translation>
    </message>
    <message numerus="yes">
        <source>%n registrar(s) have differed for %1, since %2.</source>
        <translation>
            <numerusform>%n Registrar ist seit %1 uneins, seit %2 Uhr.</numerusform>
            <numerusform>%n Registrare sind sich seit %1 uneins, seit %2 Uhr.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n registrar(s) have agreed for %1, since %2.</source>
        <translation>
            <numerusform>%n Registrar ist seit %1 einig, seit %2 Uhr.</numerusform>
            <numerusform>%n Registrare sind sich seit %1 einig, seit %2 Uhr.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n registrar(s) agree, and have never differed.</source>
        <translation>
            <numerusform>%n Registrar ist einig und war nie uneins.</numerusform>
            <numerusform>%n Registrare sind sich einig und waren es immer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They have come together again %n time(s): the last time after %1, at most after %2.</source>
        <translation>
            <numerusform>Sie haben sich %n-mal wieder geeinigt: zuletzt nach %1, spätestens nach %2.</numerusform>
            <numerusform>Sie haben sich %n-mal wieder geeinigt: zuletzt nach %1, spätestens nach %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Convergence</source>
        <translation>Konvergenz</translation>
    </message>
    <message>
        <source>Registrars are compared by all that each of them knows, as it changes; silent ones are left out</source>
        <translation>Registrare werden nach allem verglichen, was jeder von ihnen weiß, sobald es sich ändert; stumme werden ausgelassen</translation>
    </message>
</context>
<context>
    <name>kolam::gui::AvailabilityStrip</name>
    <message>
        <source>Availability</source>
        <translation>Verfügbarkeit</translation>
    </message>
    <message>
        <source>%1: up %2 % of the time</source>
        <translation>%1: %2 % der Zeit da</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) more</source>
        <translation>
            <numerusform>%n weitere Komponente</numerusform>
            <numerusform>%n weitere Komponenten</numerusform>
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
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Failover times</source>
        <translation>Failover-Zeiten</translation>
    </message>
    <message>
        <source>Resolutions a second</source>
        <translation>Auflösungen pro Sekunde</translation>
    </message>
    <message>
        <source>%d s</source>
        <translation>%d s</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovers</translation>
    </message>
    <message>
        <source>Failover times: none yet</source>
        <translation>Failover-Zeiten: noch keine</translation>
    </message>
    <message numerus="yes">
        <source>%n failover(s) by ms: p50 %1, p95 %2, p99 %3</source>
        <translation>
            <numerusform>%n Failover nach ms: p50 %1, p95 %2, p99 %3</numerusform>
            <numerusform>%n Failovers nach ms: p50 %1, p95 %2, p99 %3</numerusform>
        </translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Share of failovers that took no longer, %</source>
        <translation>Anteil der Failovers, die nicht länger dauerten, %</translation>
    </message>
    <message>
        <source>Registrations a second</source>
        <translation>Registrierungen je Sekunde</translation>
    </message>
    <message>
        <source>ENRP messages a second</source>
        <translation>ENRP-Nachrichten je Sekunde</translation>
    </message>
    <message>
        <source>Lost events a second</source>
        <translation>Verlorene Ereignisse je Sekunde</translation>
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
        <translation>Befehle</translation>
    </message>
    <message>
        <source>A few letters of what you want to do</source>
        <translation>Ein paar Buchstaben dessen, was Sie tun möchten</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>Passende Befehle</translation>
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
        <translation>Zwei Läufe vergleichen</translation>
    </message>
    <message>
        <source>Share of failovers that took no longer, %</source>
        <translation>Anteil der Failovers, die nicht länger dauerten, %</translation>
    </message>
    <message>
        <source>Figures of both runs</source>
        <translation>Kennzahlen beider Läufe</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>B to A</source>
        <translation>B zu A</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Als CSV speichern…</translation>
    </message>
    <message>
        <source>Save the comparison</source>
        <translation>Vergleich speichern</translation>
    </message>
    <message>
        <source>Comma separated values (*.csv)</source>
        <translation>Kommagetrennte Werte (*.csv)</translation>
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
        <translation>dieser Rechner, Bereich %1</translation>
    </message>
    <message>
        <source>%1, and reports at port %2</source>
        <translation>%1, und Berichte an Port %2</translation>
    </message>
    <message>
        <source>%1, and the registrar at %2</source>
        <translation>%1, und der Registrar auf %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::DesktopNotifier</name>
    <message>
        <source>Pool view</source>
        <translation>Poolansicht</translation>
    </message>
</context>
<context>
    <name>kolam::gui::ElementCard</name>
    <message>
        <source>Kill</source>
        <translation>Hart beenden</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>%1 has computed %2 % of the picture</source>
        <translation>%1 hat %2 % des Bildes berechnet</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message numerus="yes">
        <source>%n tile(s)</source>
        <translation>
            <numerusform>%n Kachel</numerusform>
            <numerusform>%n Kacheln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failover(s)</source>
        <translation>
            <numerusform>%n Failover</numerusform>
            <numerusform>%n Failovers</numerusform>
        </translation>
    </message>
    <message>
        <source>Kill %1</source>
        <translation>%1 hart beenden</translation>
    </message>
    <message>
        <source>Freeze %1</source>
        <translation>%1 einfrieren</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>%1 neu starten</translation>
    </message>
    <message>
        <source>Kill the process of %1 with SIGKILL; its tiles go on elsewhere</source>
        <translation>Den Prozess von %1 mit SIGKILL beenden; seine Kacheln gehen anderswo weiter</translation>
    </message>
    <message>
        <source>Stop the process of %1 with SIGSTOP, as if it hung</source>
        <translation>Den Prozess von %1 mit SIGSTOP anhalten, als hinge er</translation>
    </message>
    <message>
        <source>Start %1 again</source>
        <translation>%1 erneut starten</translation>
    </message>
</context>
<context>
    <name>kolam::gui::EventFinder</name>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Find events</source>
        <translation>Ereignisse suchen</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>What tells them, or what they are about; also what is gone, as element-0x0a000001</source>
        <translation>Wer sie meldet, oder wovon sie handeln; auch, was nicht mehr da ist, als element-0x0a000001</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>of every kind</source>
        <translation>jeder Art</translation>
    </message>
    <message>
        <source>Not before</source>
        <translation>Nicht vor</translation>
    </message>
    <message>
        <source>Not after</source>
        <translation>Nicht nach</translation>
    </message>
    <message>
        <source>Events that were found</source>
        <translation>Gefundene Ereignisse</translation>
    </message>
    <message>
        <source>How many were found</source>
        <translation>Wie viele gefunden wurden</translation>
    </message>
    <message>
        <source>In what this window remembers. With --history, a gigabyte of the past is kept on disk.</source>
        <translation>In dem, was sich dieses Fenster gemerkt hat. Mit --history wird ein Gigabyte Vergangenheit auf der Platte aufbewahrt.</translation>
    </message>
    <message>
        <source>In the history that is kept in %1.</source>
        <translation>Im Verlauf, der in %1 aufbewahrt wird.</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation>S&amp;peichern…</translation>
    </message>
    <message>
        <source>Save the events</source>
        <translation>Ereignisse speichern</translation>
    </message>
    <message>
        <source>Comma separated values (*.csv)</source>
        <translation>Kommagetrennte Werte (*.csv)</translation>
    </message>
    <message>
        <source>“%1” is no component.</source>
        <translation>„%1“ ist keine Komponente.</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) found in %1.</source>
        <translation>
            <numerusform>%n Ereignis in %1 gefunden.</numerusform>
            <numerusform>%n Ereignisse in %1 gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 The last %n are here.</source>
        <translation>
            <numerusform>%1 Hier steht das letzte (%n).</numerusform>
            <numerusform>%1 Hier stehen die letzten %n.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kolam::gui::EventListModel</name>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
</context>
<context>
    <name>kolam::gui::EventsView</name>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
</context>
<context>
    <name>kolam::gui::ExplainerView</name>
    <message>
        <source>The element is gone</source>
        <translation>Das Element ist weg</translation>
    </message>
    <message>
        <source>Detected by the user</source>
        <translation>Vom Nutzer bemerkt</translation>
    </message>
    <message>
        <source>Reported to the registrar</source>
        <translation>Dem Registrar gemeldet</translation>
    </message>
    <message>
        <source>Heard by a registrar</source>
        <translation>Von einem Registrar gehört</translation>
    </message>
    <message>
        <source>Removed from the pool</source>
        <translation>Aus dem Pool entfernt</translation>
    </message>
    <message>
        <source>Another element selected</source>
        <translation>Anderes Element ausgewählt</translation>
    </message>
    <message>
        <source>Connecting to it</source>
        <translation>Verbindungsaufbau</translation>
    </message>
    <message>
        <source>Connected, cookie handed over</source>
        <translation>Verbunden, Cookie übergeben</translation>
    </message>
    <message>
        <source>Session resumed</source>
        <translation>Sitzung fortgesetzt</translation>
    </message>
    <message>
        <source>Failover explained</source>
        <translation>Failover erklärt</translation>
    </message>
    <message>
        <source>No session has failed over yet.</source>
        <translation>Noch keine Sitzung hatte einen Failover.</translation>
    </message>
    <message>
        <source>Session %1 of %2 has lost %3</source>
        <translation>Sitzung %1 von %2 hat %3 verloren</translation>
    </message>
    <message>
        <source>Session %1 of %2: %3 → %4</source>
        <translation>%2, Sitzung %1: %3 → %4</translation>
    </message>
    <message>
        <source>Why: %1</source>
        <translation>Warum: %1</translation>
    </message>
    <message>
        <source>; its process is silent</source>
        <translation>; sein Prozess ist stumm</translation>
    </message>
    <message>
        <source>; its process is gone</source>
        <translation>; sein Prozess ist weg</translation>
    </message>
    <message>
        <source>From detection to resumption: %1</source>
        <translation>Vom Bemerken bis zur Fortsetzung: %1</translation>
    </message>
    <message numerus="yes">
        <source>State handed over: %n octet(s)</source>
        <translation>
            <numerusform>Übergebener Zustand: %n Oktett</numerusform>
            <numerusform>Übergebener Zustand: %n Oktette</numerusform>
        </translation>
    </message>
    <message>
        <source>Computed again: nothing told</source>
        <translation>Erneut berechnet: nichts gemeldet</translation>
    </message>
    <message>
        <source>Computed again: %1</source>
        <translation>Erneut berechnet: %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::FaultBar</name>
    <message>
        <source>Faults that are on</source>
        <translation>Aktive Störungen</translation>
    </message>
    <message>
        <source>%1: %2, %3 s</source>
        <translation>%1: %2, %3 s</translation>
    </message>
    <message>
        <source>Undo this now</source>
        <translation>Jetzt aufheben</translation>
    </message>
    <message>
        <source>Undo: %1 %2</source>
        <translation>Aufheben: %1 %2</translation>
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
        <translation>Eine Aufzeichnung lässt sich nicht stören.</translation>
    </message>
    <message>
        <source>Only processes that a demonstration has started can be killed or frozen.</source>
        <translation>Nur Prozesse, die von einer Vorführung gestartet wurden, können hart beendet oder eingefroren werden.</translation>
    </message>
    <message>
        <source>It does not run.</source>
        <translation>Läuft nicht.</translation>
    </message>
    <message>
        <source>Only elements take users.</source>
        <translation>Nur Elemente nehmen Nutzer an.</translation>
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
        <translation>Failovers</translation>
    </message>
    <message>
        <source>Sessions that lost their element while they computed this picture</source>
        <translation>Sitzungen, die ihr Element verloren, während sie dieses Bild berechneten</translation>
    </message>
    <message>
        <source>median failover</source>
        <translation>Failover-Median</translation>
    </message>
    <message>
        <source>From the loss of an element until the session stood at the next one</source>
        <translation>Vom Verlust eines Elements, bis die Sitzung beim nächsten stand</translation>
    </message>
</context>
<context>
    <name>kolam::gui::FractalCanvas</name>
    <message>
        <source>Fractal picture</source>
        <translation>Fraktalbild</translation>
    </message>
    <message>
        <source>The picture that the pool computes. Plus and minus zoom, arrows move, Home shows all. The pool list says which element computes what.</source>
        <translation>Das Bild, das der Pool berechnet. Plus und Minus zoomen, Pfeile verschieben, Pos1 zeigt alles. Die Poolliste sagt, welches Element was berechnet.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::FractalRun</name>
    <message>
        <source>%1 is killed now.</source>
        <translation>%1 wird jetzt hart beendet.</translation>
    </message>
    <message>
        <source>%1 is frozen now.</source>
        <translation>%1 wird jetzt eingefroren.</translation>
    </message>
    <message>
        <source>%1 is started again.</source>
        <translation>%1 wird neu gestartet.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::GalleryModel</name>
    <message>
        <source>%1, at most %2 iterations</source>
        <translation>%1, höchstens %2 Iterationen</translation>
    </message>
    <message>
        <source>Picture %1</source>
        <translation>Bild %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::GalleryView</name>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
</context>
<context>
    <name>kolam::gui::HeaderBar</name>
    <message>
        <source>No registrar is heard</source>
        <translation>Kein Registrar zu hören</translation>
    </message>
    <message numerus="yes">
        <source>Registrars differ about %n element(s), for %1</source>
        <translation>
            <numerusform>Registrare uneins über %n Element, seit %1</numerusform>
            <numerusform>Registrare uneins über %n Elemente, seit %1</numerusform>
        </translation>
    </message>
    <message>
        <source>One registrar (checksum %1)</source>
        <translation>Ein Registrar (Prüfsumme %1)</translation>
    </message>
    <message numerus="yes">
        <source>%n registrars agree (checksum %1)</source>
        <translation>
            <numerusform>%n Registrar ist einig (Prüfsumme %1)</numerusform>
            <numerusform>%n Registrare sind sich einig (Prüfsumme %1)</numerusform>
        </translation>
    </message>
    <message>
        <source>Do registrars agree?</source>
        <translation>Sind sich die Registrare einig?</translation>
    </message>
    <message>
        <source>Age of the data</source>
        <translation>Alter der Daten</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>What there is</source>
        <translation>Was es gibt</translation>
    </message>
    <message>
        <source>source: %1</source>
        <translation>Quelle: %1</translation>
    </message>
    <message>
        <source>Where everything that is shown comes from</source>
        <translation>Woher alles kommt, was gezeigt wird</translation>
    </message>
    <message>
        <source>How long ago something was heard; at least twice a second while components are connected</source>
        <translation>Wie lange es her ist, dass etwas zu hören war; mindestens zweimal pro Sekunde, solange Komponenten verbunden sind</translation>
    </message>
    <message numerus="yes">
        <source>%n pool(s)</source>
        <translation>
            <numerusform>%n Pool</numerusform>
            <numerusform>%n Pools</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n element(s)</source>
        <translation>
            <numerusform>%n Element</numerusform>
            <numerusform>%n Elemente</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n registrar(s)</source>
        <translation>
            <numerusform>%n Registrar</numerusform>
            <numerusform>%n Registrare</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n Sitzung</numerusform>
            <numerusform>%n Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failover(s) in the last hour</source>
        <translation>
            <numerusform>%n Failover in der letzten Stunde</numerusform>
            <numerusform>%n Failovers in der letzten Stunde</numerusform>
        </translation>
    </message>
    <message>
        <source>p95 %1</source>
        <translation>p95 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) lost</source>
        <translation>
            <numerusform>%n Ereignis verloren</numerusform>
            <numerusform>%n Ereignisse verloren</numerusform>
        </translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation>noch keine Daten</translation>
    </message>
    <message>
        <source>data: now</source>
        <translation>Daten: jetzt</translation>
    </message>
    <message>
        <source>data %1 old</source>
        <translation>Daten %1 alt</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Alarme</translation>
    </message>
    <message numerus="yes">
        <source>⚠ %n alarm(s)</source>
        <translation>
            <numerusform>⚠ %n Alarm</numerusform>
            <numerusform>⚠ %n Alarme</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kolam::gui::HeatMap</name>
    <message>
        <source>Load of elements over time</source>
        <translation>Last der Elemente im Zeitverlauf</translation>
    </message>
    <message>
        <source>No element has told its load in this time.</source>
        <translation>Kein Element hat in dieser Zeit seine Last gemeldet.</translation>
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
            <numerusform>%n Element ab %1, das am stärksten belastete</numerusform>
            <numerusform>%n Elemente ab %1, das am stärksten belastete</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 at %3: no load</source>
        <translation>%1 von %2 um %3: keine Last</translation>
    </message>
    <message>
        <source>%1 of %2 at %3: %4 %</source>
        <translation>%1 von %2 um %3: %4 %</translation>
    </message>
</context>
<context>
    <name>kolam::gui::HistoryModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
</context>
<context>
    <name>kolam::gui::JuliaPicker</name>
    <message>
        <source>Julia’s constant</source>
        <translation>Julia-Konstante</translation>
    </message>
    <message>
        <source>Arrows move the constant on a small Mandelbrot set; Shift makes smaller steps.</source>
        <translation>Pfeile verschieben die Konstante auf einer kleinen Mandelbrot-Menge; mit Umschalttaste in kleineren Schritten.</translation>
    </message>
    <message>
        <source>Click or drag on the Mandelbrot set: every point of it is the constant of a Julia set</source>
        <translation>Klicken oder ziehen auf der Mandelbrot-Menge: Jeder Punkt ist die Konstante einer Julia-Menge</translation>
    </message>
</context>
<context>
    <name>kolam::gui::LabClient</name>
    <message>
        <source>The demonstration has ended: its processes can no more be controlled.</source>
        <translation>Die Vorführung ist zu Ende: Ihre Prozesse lassen sich nicht mehr steuern.</translation>
    </message>
    <message>
        <source>The demonstration&apos;s control socket does not answer: %1</source>
        <translation>Der Steuer-Socket der Vorführung antwortet nicht: %1</translation>
    </message>
    <message>
        <source>There is no demonstration that could do this.</source>
        <translation>Es läuft keine Vorführung, die das könnte.</translation>
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
        <translation>Failover-Marken: %1</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>went on elsewhere here</source>
        <translation>ab hier anderswo fortgesetzt</translation>
    </message>
    <message>
        <source>asked of two elements</source>
        <translation>zwei Elemente gefragt</translation>
    </message>
</context>
<context>
    <name>kolam::gui::LessonView</name>
    <message>
        <source>Start %1</source>
        <translation>%1 starten</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>%1 beenden</translation>
    </message>
    <message>
        <source>Kill %1</source>
        <translation>%1 hart beenden</translation>
    </message>
    <message>
        <source>Freeze %1</source>
        <translation>%1 einfrieren</translation>
    </message>
    <message>
        <source>Let %1 go on</source>
        <translation>%1 weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Restart %1</source>
        <translation>%1 neu starten</translation>
    </message>
    <message>
        <source>Drain %1</source>
        <translation>%1 auslaufen lassen</translation>
    </message>
    <message>
        <source>Lose packets of %1</source>
        <translation>Pakete von %1 verlieren</translation>
    </message>
    <message>
        <source>Delay packets of %1</source>
        <translation>Pakete von %1 verzögern</translation>
    </message>
    <message>
        <source>Cut off %1</source>
        <translation>%1 abtrennen</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>Jetzt tun</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Lektion</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>To the step before</source>
        <translation>Zum vorigen Schritt</translation>
    </message>
    <message>
        <source>Once more, slowly</source>
        <translation>Noch einmal, langsam</translation>
    </message>
    <message>
        <source>The last failover, a thousand times as slow</source>
        <translation>Der letzte Failover, tausendmal so langsam</translation>
    </message>
    <message>
        <source>Does it to real processes</source>
        <translation>Tut es mit echten Prozessen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>To the next step, whatever this one waits for</source>
        <translation>Zum nächsten Schritt, worauf dieser auch wartet</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Space, or the forward key of a presenter&apos;s clicker</source>
        <translation>Leertaste oder die Vorwärtstaste eines Presenters</translation>
    </message>
    <message>
        <source>End the lesson</source>
        <translation>Lektion beenden</translation>
    </message>
    <message>
        <source>The pool goes on until the window is closed</source>
        <translation>Der Pool läuft weiter, bis das Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>What do you think?</source>
        <translation>Was meinen Sie?</translation>
    </message>
    <message>
        <source>Waiting until it really happens…</source>
        <translation>Warten, bis es wirklich geschieht…</translation>
    </message>
    <message>
        <source>Right!</source>
        <translation>Richtig!</translation>
    </message>
    <message>
        <source>Not quite: see the marked answer.</source>
        <translation>Nicht ganz: Die richtige Antwort ist markiert.</translation>
    </message>
    <message>
        <source>It has happened.</source>
        <translation>Es ist geschehen.</translation>
    </message>
    <message>
        <source>Lesson: %1 – step %2 of %3</source>
        <translation>Lektion: %1 – Schritt %2 von %3</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Slow %1 down</source>
        <translation>%1 verlangsamen</translation>
    </message>
    <message>
        <source>Let %1 flap</source>
        <translation>%1 flattern lassen</translation>
    </message>
    <message>
        <source>Send a crowd to %1</source>
        <translation>Andrang bei %1</translation>
    </message>
    <message>
        <source>Heal everything</source>
        <translation>Alles beheben</translation>
    </message>
    <message>
        <source>Your turn: how can that be done?</source>
        <translation>Jetzt sind Sie dran: Wie geht das?</translation>
    </message>
    <message>
        <source>%1 – score %2 of %3</source>
        <translation>%1 – Punkte: %2 von %3</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>%1: that is a way, but no point</source>
        <translation>%1: Das ist ein Weg, aber kein Punkt</translation>
    </message>
</context>
<context>
    <name>kolam::gui::LocalPool</name>
    <message>
        <source>There is no room for its files: %1</source>
        <translation>Für seine Dateien ist kein Platz: %1</translation>
    </message>
    <message>
        <source>It has ended: %1</source>
        <translation>Er ist zu Ende: %1</translation>
    </message>
    <message>
        <source>It has ended: %1. %2</source>
        <translation>Er ist zu Ende: %1. %2</translation>
    </message>
    <message>
        <source>A pool on this host is starting: %1 of %2 processes run.</source>
        <translation>Ein Pool auf diesem Rechner startet: %1 von %2 Prozessen laufen.</translation>
    </message>
    <message>
        <source>The local pool could not be started. %1</source>
        <translation>Der lokale Pool konnte nicht gestartet werden. %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::LogView</name>
    <message>
        <source>Component whose log is shown</source>
        <translation>Komponente, deren Protokoll gezeigt wird</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>To this moment</source>
        <translation>Zu diesem Moment</translation>
    </message>
    <message>
        <source>The line that was written when it was as the map shows it</source>
        <translation>Die Zeile, die geschrieben wurde, als es so war, wie die Karte es zeigt</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Logs are known only of processes that a demonstration has started.</source>
        <translation>Protokolle sind nur von Prozessen bekannt, die eine Vorführung gestartet hat.</translation>
    </message>
    <message>
        <source>Nothing was written yet.</source>
        <translation>Noch wurde nichts geschrieben.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::MainWindow</name>
    <message>
        <source>Fractals by a pool</source>
        <translation>Fraktale aus einem Pool</translation>
    </message>
    <message>
        <source>Local network, nothing authenticated: anybody there can pretend to be an element.</source>
        <translation>Lokales Netz, nichts authentisiert: Jeder dort kann sich als Element ausgeben.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>Am Zeiger zoomen</translation>
    </message>
    <message>
        <source>turn the wheel</source>
        <translation>das Rad drehen</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>Das Bild verschieben</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>ziehen</translation>
    </message>
    <message>
        <source>Zoom into a box</source>
        <translation>Einen Ausschnitt vergrößern</translation>
    </message>
    <message>
        <source>Shift and drag, or drag with the right button</source>
        <translation>mit Umschalttaste oder rechter Maustaste ziehen</translation>
    </message>
    <message>
        <source>Centre here and zoom in</source>
        <translation>Hier zentrieren und vergrößern</translation>
    </message>
    <message>
        <source>double click</source>
        <translation>Doppelklick</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>Eine Datei öffnen</translation>
    </message>
    <message>
        <source>drop it on the window</source>
        <translation>auf dem Fenster ablegen</translation>
    </message>
    <message>
        <source>%1 % – %2</source>
        <translation>%1 % – %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Parameter files and pictures (*.fsf *.png)</source>
        <translation>Parameterdateien und Bilder (*.fsf *.png)</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>Picture saved as %1.</source>
        <translation>Bild gespeichert als %1.</translation>
    </message>
    <message>
        <source>Save parameters</source>
        <translation>Parameter speichern</translation>
    </message>
    <message>
        <source>Parameter files (*.fsf)</source>
        <translation>Parameterdateien (*.fsf)</translation>
    </message>
    <message>
        <source>Parameters saved as %1.</source>
        <translation>Parameter gespeichert als %1.</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>kolam-fractal %1</source>
        <translation>kolam-fractal %1</translation>
    </message>
    <message>
        <source>A picture, computed by a pool of servers. Servers may fail; the picture completes.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Ein Bild, berechnet von einem Pool von Servern. Server dürfen ausfallen; das Bild wird fertig.

Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>Point at a place of the Mandelbrot set first.</source>
        <translation>Zeigen Sie zuerst auf eine Stelle der Mandelbrot-Menge.</translation>
    </message>
    <message>
        <source>Here is the end: the numbers that this fractal is computed with cannot tell closer points apart, or the plane ends.</source>
        <translation>Hier ist Schluss: Die Zahlen, mit denen dieses Fraktal berechnet wird, unterscheiden nähere Punkte nicht mehr, oder die Ebene endet.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::MonitorWindow</name>
    <message>
        <source>Kolam monitor – %1</source>
        <translation>Kolam-Monitor – %1</translation>
    </message>
    <message>
        <source>No session has failed over yet.</source>
        <translation>Noch keine Sitzung hatte einen Failover.</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s)</source>
        <translation>
            <numerusform>%n Komponente</numerusform>
            <numerusform>%n Komponenten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n session(s)</source>
        <translation>
            <numerusform>  ·  %n Sitzung</numerusform>
            <numerusform>  ·  %n Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n failover(s)</source>
        <translation>
            <numerusform>  ·  %n Failover</numerusform>
            <numerusform>  ·  %n Failovers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n event(s)</source>
        <translation>
            <numerusform>  ·  %n Ereignis</numerusform>
            <numerusform>  ·  %n Ereignisse</numerusform>
        </translation>
    </message>
    <message>
        <source>  ·  %1 lost</source>
        <translation>  ·  %1 verloren</translation>
    </message>
    <message>
        <source>  ·  the oldest %1 are forgotten</source>
        <translation>  ·  die ältesten %1 sind vergessen</translation>
    </message>
    <message>
        <source>Select a component on the map or in the list.</source>
        <translation>Eine Komponente auf der Karte oder in der Liste auswählen.</translation>
    </message>
    <message>
        <source>Events of %1 only. Press “Find” to see all again.</source>
        <translation>Nur Ereignisse von %1. „Suchen“ zeigt wieder alle.</translation>
    </message>
    <message>
        <source>Select an element first.</source>
        <translation>Zuerst ein Element auswählen.</translation>
    </message>
    <message>
        <source>Select a component first: a click on the map, or the keys 1 to 9.</source>
        <translation>Zuerst eine Komponente auswählen: mit einem Klick auf der Karte oder den Tasten 1 bis 9.</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>Komponenten</translation>
    </message>
    <message>
        <source>Find components: name, pool, state</source>
        <translation>Komponenten suchen: Name, Pool, Zustand</translation>
    </message>
    <message>
        <source>What is known of the selected component</source>
        <translation>Was über die ausgewählte Komponente bekannt ist</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovers</translation>
    </message>
    <message>
        <source>Failover explained</source>
        <translation>Failover erklärt</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Diagramme</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Find events</source>
        <translation>Ereignisse suchen</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Figures of the marked range</source>
        <translation>Zahlen des markierten Bereichs</translation>
    </message>
    <message>
        <source>About kolam-monitor</source>
        <translation>Über kolam-monitor</translation>
    </message>
    <message>
        <source>kolam-monitor %1
Watches pools of RSerPool (RFC 5351 to 5356).
GPL-3.0-or-later.</source>
        <translation>kolam-monitor %1
Beobachtet RSerPool-Pools (RFC 5351 bis 5356).
GPL-3.0-or-later.</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>Die Karte verschieben</translation>
    </message>
    <message>
        <source>drag the ground</source>
        <translation>am Hintergrund ziehen</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>Rad</translation>
    </message>
    <message>
        <source>Place a component</source>
        <translation>Eine Komponente verschieben</translation>
    </message>
    <message>
        <source>drag it</source>
        <translation>ziehen</translation>
    </message>
    <message>
        <source>Go from component to component</source>
        <translation>Von Komponente zu Komponente gehen</translation>
    </message>
    <message>
        <source>arrow keys on the map</source>
        <translation>Pfeiltasten auf der Karte</translation>
    </message>
    <message>
        <source>Events of one component</source>
        <translation>Ereignisse einer Komponente</translation>
    </message>
    <message>
        <source>double click it, or Enter</source>
        <translation>Doppelklick darauf, oder Eingabetaste</translation>
    </message>
    <message>
        <source>Go to a moment</source>
        <translation>Zu einem Augenblick gehen</translation>
    </message>
    <message>
        <source>press on the time line, or Enter on an event</source>
        <translation>auf die Zeitleiste drücken, oder Eingabetaste auf einem Ereignis</translation>
    </message>
    <message>
        <source>Figures of a range</source>
        <translation>Zahlen eines Bereichs</translation>
    </message>
    <message>
        <source>Shift-drag on the time line</source>
        <translation>mit Umschalttaste auf der Zeitleiste ziehen</translation>
    </message>
    <message>
        <source>Zoom in time</source>
        <translation>In der Zeit zoomen</translation>
    </message>
    <message>
        <source>wheel on the time line</source>
        <translation>Rad auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Save the map</source>
        <translation>Karte speichern</translation>
    </message>
    <message>
        <source>Save the tables</source>
        <translation>Tabellen speichern</translation>
    </message>
    <message>
        <source>Comma separated values (*.csv)</source>
        <translation>Kommagetrennte Werte (*.csv)</translation>
    </message>
    <message>
        <source>Save the events</source>
        <translation>Ereignisse speichern</translation>
    </message>
    <message>
        <source>Save all that is known</source>
        <translation>Alles Bekannte speichern</translation>
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
        <translation>Es gibt keine zwei Komponenten, die man voneinander abtrennen könnte.</translation>
    </message>
    <message>
        <source>Cut off fro&amp;m</source>
        <translation>Abtrennen v&amp;on</translation>
    </message>
    <message>
        <source>&amp;Several…</source>
        <translation>&amp;Mehreren…</translation>
    </message>
    <message>
        <source>Undo: %1 %2</source>
        <translation>Aufheben: %1 %2</translation>
    </message>
    <message>
        <source>Import a setup of rserpooldemo</source>
        <translation>Aufbau von rserpooldemo importieren</translation>
    </message>
    <message>
        <source>Setups (*.xml);;All files (*)</source>
        <translation>Aufbauten (*.xml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Setup imported</source>
        <translation>Aufbau importiert</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) have their places, and get them as soon as they are heard of.</source>
        <translation>
            <numerusform>%n Komponente hat ihren Platz und bekommt ihn, sobald man von ihr hört.</numerusform>
            <numerusform>%n Komponenten haben ihre Plätze und bekommen sie, sobald man von ihnen hört.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) were left out.</source>
        <translation>
            <numerusform>%n Sache wurde ausgelassen.</numerusform>
            <numerusform>%n Sachen wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Save as a scenario…</source>
        <translation>Als &amp;Szenario speichern…</translation>
    </message>
    <message>
        <source>Save as a scenario</source>
        <translation>Als Szenario speichern</translation>
    </message>
    <message>
        <source>Scenarios (*.rsdemo)</source>
        <translation>Szenarien (*.rsdemo)</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>The window of %1 could not be started.</source>
        <translation>Das Fenster von %1 konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>Szenario öffnen</translation>
    </message>
    <message>
        <source>Mark a range first: Shift-drag on the time line.</source>
        <translation>Zuerst einen Bereich markieren: mit Umschalt auf der Zeitleiste ziehen.</translation>
    </message>
    <message>
        <source>Save the clip</source>
        <translation>Ausschnitt speichern</translation>
    </message>
    <message>
        <source>Recordings (*.kolam.pcapng)</source>
        <translation>Aufzeichnungen (*.kolam.pcapng)</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) are in %1.</source>
        <translation>
            <numerusform>%n Ereignis ist in %1.</numerusform>
            <numerusform>%n Ereignisse sind in %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>Compare with a recording</source>
        <translation>Mit einer Aufzeichnung vergleichen</translation>
    </message>
    <message>
        <source>Choose the picture behind the map</source>
        <translation>Bild hinter der Karte wählen</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.svg *.webp)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.svg *.webp)</translation>
    </message>
    <message>
        <source>The picture %1 cannot be read: %2</source>
        <translation>Das Bild %1 kann nicht gelesen werden: %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::OperationDialog</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n other(s)</source>
        <translation>
            <numerusform>und %n weiteres</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Type “%1” if that is what you want.</source>
        <translation>Geben Sie „%1“ ein, wenn Sie das wollen.</translation>
    </message>
    <message>
        <source>Name, to confirm</source>
        <translation>Name, zur Bestätigung</translation>
    </message>
</context>
<context>
    <name>kolam::gui::Operations</name>
    <message>
        <source>It takes no more users, and ends when the last one has gone.</source>
        <translation>Es nimmt keine weiteren Nutzer an und beendet sich, wenn der letzte gegangen ist.</translation>
    </message>
    <message>
        <source>It takes no more users and keeps running, until it is told to serve again.</source>
        <translation>Es nimmt keine weiteren Nutzer an und läuft weiter, bis es wieder bedienen soll.</translation>
    </message>
    <message>
        <source>Its users lose their sessions, and fail over.</source>
        <translation>Seine Nutzer verlieren ihre Sitzungen; sie gehen bei anderen Elementen weiter.</translation>
    </message>
    <message>
        <source>It deregisters and ends; its users fail over.</source>
        <translation>Es meldet sich ab und beendet sich; die Sitzungen seiner Nutzer gehen bei anderen Elementen weiter.</translation>
    </message>
    <message>
        <source>It deregisters, ends, and is started again by its lab.</source>
        <translation>Es meldet sich ab, beendet sich und wird von seinem Labor neu gestartet.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 does it.</source>
        <translation>%1 führt es aus.</translation>
    </message>
    <message>
        <source>A recording cannot be changed.</source>
        <translation>Eine Aufzeichnung kann nicht geändert werden.</translation>
    </message>
    <message>
        <source>This window only watches. Start it with --allow-control to change something.</source>
        <translation>Dieses Fenster beobachtet nur. Starten Sie es mit --allow-control, um etwas zu ändern.</translation>
    </message>
    <message>
        <source>There is no audit log to write it to.</source>
        <translation>Es gibt kein Protokoll, in das es geschrieben werden könnte.</translation>
    </message>
    <message>
        <source>Select elements or registrars first.</source>
        <translation>Wählen Sie zuerst Elemente oder Registrare aus.</translation>
    </message>
    <message>
        <source>only a lab can start a process again that it has started itself (--control).</source>
        <translation>nur ein Labor kann einen Prozess neu starten, den es selbst gestartet hat (--control).</translation>
    </message>
    <message>
        <source>it is being restarted.</source>
        <translation>es wird gerade neu gestartet.</translation>
    </message>
    <message>
        <source>it is no component of this scope on this host: it cannot be commanded from here.</source>
        <translation>es ist keine Komponente dieses Bereichs auf diesem Rechner: Von hier aus kann ihm nichts befohlen werden.</translation>
    </message>
    <message>
        <source>it is not there to be told.</source>
        <translation>es ist nicht da und kann nichts entgegennehmen.</translation>
    </message>
    <message>
        <source>only elements can do that.</source>
        <translation>das können nur Elemente.</translation>
    </message>
    <message>
        <source>it is leaving already.</source>
        <translation>es verlässt den Pool bereits.</translation>
    </message>
    <message>
        <source>No registrar would be left: nobody could find any pool.</source>
        <translation>Es bliebe kein Registrar übrig: Niemand könnte einen Pool finden.</translation>
    </message>
    <message>
        <source>No element would be up any more in: %1.</source>
        <translation>Kein Element wäre mehr aktiv in: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) asked.</source>
        <translation>
            <numerusform>%n Komponente beauftragt.</numerusform>
            <numerusform>%n Komponenten beauftragt.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has ended, and is started again.</source>
        <translation>%1 hat sich beendet und wird neu gestartet.</translation>
    </message>
    <message>
        <source>It ends its maintenance, and takes users again.</source>
        <translation>Es beendet seine Wartung und nimmt wieder Nutzer an.</translation>
    </message>
    <message>
        <source>it is not in maintenance.</source>
        <translation>es ist nicht in Wartung.</translation>
    </message>
    <message>
        <source>it takes no users already.</source>
        <translation>es nimmt schon keine Nutzer mehr an.</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PaletteEditor</name>
    <message>
        <source>&amp;Add a colour</source>
        <translation>Farbe &amp;hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Remove the last</source>
        <translation>Letzte &amp;entfernen</translation>
    </message>
    <message>
        <source>Palette of your own</source>
        <translation>Eigene Palette</translation>
    </message>
    <message>
        <source>Colours follow each other around a circle. Choose one to change it.</source>
        <translation>Die Farben folgen einander im Kreis. Wählen Sie eine, um sie zu ändern.</translation>
    </message>
    <message>
        <source>The palette</source>
        <translation>Die Palette</translation>
    </message>
    <message>
        <source>&amp;Turn round</source>
        <translation>&amp;Umkehren</translation>
    </message>
    <message>
        <source>Colour %1: %2</source>
        <translation>Farbe %1: %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PartitionDialog</name>
    <message>
        <source>Cut off from each other</source>
        <translation>Voneinander abtrennen</translation>
    </message>
    <message>
        <source>&amp;These</source>
        <translation>&amp;Diese</translation>
    </message>
    <message>
        <source>do not reach t&amp;hese</source>
        <translation>erreichen d&amp;iese nicht</translation>
    </message>
    <message>
        <source>&amp;Cut</source>
        <translation>&amp;Trennen</translation>
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
        <translation>Auch bei Farbfehlsichtigkeit gut zu unterscheiden</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Overlay</translation>
    </message>
    <message>
        <source>What lies over the picture; it is never saved with it</source>
        <translation>Was über dem Bild liegt; es wird nie mitgespeichert</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>How many tiles are computed at the same time, each by one session</source>
        <translation>Wie viele Kacheln gleichzeitig berechnet werden, jede von einer Sitzung</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algorithmus</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>Iterationen</translation>
    </message>
    <message>
        <source>How long a point may stay until it counts as inside</source>
        <translation>Wie lange ein Punkt bleiben darf, bis er als innen gilt</translation>
    </message>
    <message>
        <source>Power N</source>
        <translation>Potenz N</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Colours for the iteration counts; nothing is computed again</source>
        <translation>Farben für die Iterationszahlen; nichts wird neu berechnet</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>How quickly colours follow each other</source>
        <translation>Wie schnell die Farben aufeinander folgen</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>Where the palette begins</source>
        <translation>Wo die Palette beginnt</translation>
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
        <translation>Die ersten fünf haben glatte Farben und brauchen Elemente von uns; die letzten beiden sind die von rsplib, in Stufen</translation>
    </message>
    <message>
        <source>Of Multibrot, Newton, and rsplib’s second fractal</source>
        <translation>Von Multibrot, Newton und dem zweiten Fraktal von rsplib</translation>
    </message>
    <message>
        <source>Constant, real</source>
        <translation>Konstante, Re</translation>
    </message>
    <message>
        <source>The constant k of z² + k</source>
        <translation>Die Konstante k von z² + k</translation>
    </message>
    <message>
        <source>Constant, imaginary</source>
        <translation>Konstante, Im</translation>
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
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>no element of the pool knows this fractal</source>
        <translation>kein Element des Pools kennt dieses Fraktal</translation>
    </message>
    <message>
        <source>an element does not compute this picture: %1</source>
        <translation>ein Element berechnet dieses Bild nicht: %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PoolBackend</name>
    <message>
        <source>at %1</source>
        <translation>an %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 an %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::PoolModel</name>
    <message>
        <source>computing</source>
        <translation>rechnet</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>eingefroren</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>killed</source>
        <translation>hart beendet</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 an %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2, %n session(s)</source>
        <translation>
            <numerusform>%1, %2, %n Sitzung</numerusform>
            <numerusform>%1, %2, %n Sitzungen</numerusform>
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
        <translation>Noch hat kein Element für uns gearbeitet.</translation>
    </message>
    <message>
        <source>Elements of the pool</source>
        <translation>Elemente des Pools</translation>
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
        <translation>Kolam-Poolansicht – %1</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 von %2 Zeilen</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>um %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Select a row.</source>
        <translation>Eine Zeile auswählen.</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>Nur zeigen</translation>
    </message>
    <message>
        <source>Find: name, pool, address, state …</source>
        <translation>Suchen: Name, Adresse, Zustand …</translation>
    </message>
    <message>
        <source>Find rows with all these words</source>
        <translation>Zeilen mit all diesen Wörtern suchen</translation>
    </message>
    <message>
        <source>Rows that are shown</source>
        <translation>Gezeigte Zeilen</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Spalten auswählen</translation>
    </message>
    <message>
        <source>Which columns this table shows</source>
        <translation>Welche Spalten diese Tabelle zeigt</translation>
    </message>
    <message>
        <source>Pools</source>
        <translation>Pools</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>Elemente</translation>
    </message>
    <message>
        <source>Registrars</source>
        <translation>Registrare</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>What is known of the selected component</source>
        <translation>Was über die ausgewählte Komponente bekannt ist</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Events of the selected component</source>
        <translation>Ereignisse der ausgewählten Komponente</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>About kolam-poolview</source>
        <translation>Über kolam-poolview</translation>
    </message>
    <message>
        <source>kolam-poolview %1
Keeps an eye on pools of RSerPool (RFC 5351 to 5356).
GPL-3.0-or-later.</source>
        <translation>kolam-poolview %1
Behält RSerPool-Pools im Auge (RFC 5351 bis 5356).
GPL-3.0-or-later.</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>press on a heading; once more for the other direction</source>
        <translation>auf eine Überschrift drücken; noch einmal für die andere Richtung</translation>
    </message>
    <message>
        <source>Move a column</source>
        <translation>Eine Spalte verschieben</translation>
    </message>
    <message>
        <source>drag its heading</source>
        <translation>ihre Überschrift ziehen</translation>
    </message>
    <message>
        <source>right button on a heading, or the button Columns</source>
        <translation>rechte Maustaste auf einer Überschrift, oder der Knopf Spalten</translation>
    </message>
    <message>
        <source>Go to a moment</source>
        <translation>Zu einem Augenblick gehen</translation>
    </message>
    <message>
        <source>Zoom in time</source>
        <translation>In der Zeit zoomen</translation>
    </message>
    <message>
        <source>wheel on the time line</source>
        <translation>Rad auf der Zeitleiste</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Einigkeit</translation>
    </message>
    <message>
        <source>How much time is shown</source>
        <translation>Wie viel Zeit gezeigt wird</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Load under the pointer</source>
        <translation>Last unter dem Zeiger</translation>
    </message>
    <message>
        <source>Load over time</source>
        <translation>Last im Zeitverlauf</translation>
    </message>
    <message>
        <source>press on the time line, or Enter on an event or on a cell of load</source>
        <translation>auf die Zeitleiste drücken, oder Eingabetaste auf einem Ereignis oder einer Lastzelle</translation>
    </message>
    <message>
        <source>Load of an element at a time</source>
        <translation>Last eines Elements zu einer Zeit</translation>
    </message>
    <message>
        <source>point at it, or arrow keys in “Load over time”</source>
        <translation>darauf zeigen, oder Pfeiltasten in „Last im Zeitverlauf“</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message numerus="yes">
        <source>Rules: %n alarm(s)</source>
        <translation>
            <numerusform>Regeln: %n Alarm</numerusform>
            <numerusform>Regeln: %n Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>Well again: %1</source>
        <translation>Wieder in Ordnung: %1</translation>
    </message>
    <message>
        <source>Save this table</source>
        <translation>Diese Tabelle speichern</translation>
    </message>
    <message>
        <source>Save load over time</source>
        <translation>Last im Zeitverlauf speichern</translation>
    </message>
    <message>
        <source>Save all that is known</source>
        <translation>Alles Bekannte speichern</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) copied.</source>
        <translation>
            <numerusform>%n Zeile kopiert.</numerusform>
            <numerusform>%n Zeilen kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>control allowed</source>
        <translation>Eingriffe erlaubt</translation>
    </message>
    <message>
        <source>only watches</source>
        <translation>beobachtet nur</translation>
    </message>
    <message>
        <source>Operations are possible, and written to the audit log</source>
        <translation>Eingriffe sind möglich und werden protokolliert</translation>
    </message>
    <message>
        <source>Operations are not possible: the window was started without --allow-control</source>
        <translation>Eingriffe sind nicht möglich: Das Fenster wurde ohne --allow-control gestartet</translation>
    </message>
    <message>
        <source>That was before what this window remembers. Show its recording with --replay.</source>
        <translation>Das war früher, als sich dieses Fenster gemerkt hat. Die Aufzeichnung davon zeigt --replay.</translation>
    </message>
    <message>
        <source>Tables (*.csv *.json *.pdf)</source>
        <translation>Tabellen (*.csv *.json *.pdf)</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 um %2</translation>
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
        <translation>Aufzeichnung %1</translation>
    </message>
    <message>
        <source>a recording cannot be changed</source>
        <translation>eine Aufzeichnung lässt sich nicht ändern</translation>
    </message>
    <message>
        <source>The recording is torn at its end; all before that is shown.</source>
        <translation>Die Aufzeichnung ist am Ende abgeschnitten; alles davor wird gezeigt.</translation>
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
        <translation>„%1“ hat nicht die Form „Pool=3“</translation>
    </message>
    <message>
        <source>%1 has %2 of at least %3 elements up</source>
        <translation>%1 hat %2 von mindestens %3 Elementen aktiv</translation>
    </message>
    <message>
        <source>%1 of %2 has had a load above %3 % for at least %4 s</source>
        <translation>%1 von %2 hat seit mindestens %4 s eine Last über %3 %</translation>
    </message>
    <message>
        <source>Nothing is heard from the source</source>
        <translation>Von der Quelle ist nichts zu hören</translation>
    </message>
    <message numerus="yes">
        <source>Registrars differ about %n element(s)</source>
        <translation>
            <numerusform>Registrare uneins über %n Element</numerusform>
            <numerusform>Registrare uneins über %n Elemente</numerusform>
        </translation>
    </message>
    <message>
        <source>Failovers of the last hour: p95 is %1, above %2</source>
        <translation>Failovers der letzten Stunde: p95 ist %1, über %2</translation>
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
        <translation>Seit</translation>
    </message>
    <message>
        <source>Everything is within its limits.</source>
        <translation>Alles liegt innerhalb seiner Grenzen.</translation>
    </message>
    <message>
        <source>Fewer elements up than</source>
        <translation>Weniger aktive Elemente als</translation>
    </message>
    <message>
        <source>Least number of elements that are up, of each pool</source>
        <translation>Mindestzahl aktiver Elemente, je Pool</translation>
    </message>
    <message>
        <source>Load above, for</source>
        <translation>Last über, seit</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Load of an element</source>
        <translation>Last eines Elements</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>How long it must stay above that load</source>
        <translation>Wie lange es über dieser Last bleiben muss</translation>
    </message>
    <message>
        <source>Nothing heard for</source>
        <translation>Nichts gehört seit</translation>
    </message>
    <message>
        <source>Silence of the source</source>
        <translation>Stille der Quelle</translation>
    </message>
    <message>
        <source>Registrars differ for</source>
        <translation>Registrare uneins seit</translation>
    </message>
    <message>
        <source>How long registrars may differ</source>
        <translation>Wie lange Registrare uneins sein dürfen</translation>
    </message>
    <message>
        <source>Failover p95 above</source>
        <translation>Failover p95 über</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>p95 of failovers in the last hour</source>
        <translation>p95 der Failovers in der letzten Stunde</translation>
    </message>
    <message>
        <source>Tell the desktop, quietly</source>
        <translation>Stille Meldung auf der Arbeitsfläche</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>of pools: Fractal*=3, EchoPool=2</source>
        <translation>je Pool: Fractal*=3, EchoPool=2</translation>
    </message>
    <message>
        <source>Other least numbers, for pools</source>
        <translation>Andere Mindestzahlen, je Pool</translation>
    </message>
</context>
<context>
    <name>kolam::gui::RunOutput</name>
    <message>
        <source>the picture was not complete</source>
        <translation>das Bild war nicht fertig</translation>
    </message>
    <message>
        <source>the screenshot %1 cannot be written</source>
        <translation>das Bildschirmfoto %1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
</context>
<context>
    <name>kolam::gui::ShortcutSheet</name>
    <message>
        <source>Keys and gestures</source>
        <translation>Tasten und Gesten</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>How</source>
        <translation>Wie</translation>
    </message>
    <message>
        <source>menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>  or  </source>
        <translation>  oder  </translation>
    </message>
</context>
<context>
    <name>kolam::gui::StatusLine</name>
    <message>
        <source>Point under the pointer</source>
        <translation>Punkt unter dem Zeiger</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Tiles done</source>
        <translation>Fertige Kacheln</translation>
    </message>
    <message>
        <source>%1/%2 tiles</source>
        <translation>%1/%2 Kacheln</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>%1 points/s</source>
        <translation>%1 Punkte/s</translation>
    </message>
    <message>
        <source>Failovers</source>
        <translation>Failovers</translation>
    </message>
    <message numerus="yes">
        <source>%n failover(s)</source>
        <translation>
            <numerusform>%n Failover</numerusform>
            <numerusform>%n Failovers</numerusform>
        </translation>
    </message>
    <message>
        <source>Computed again</source>
        <translation>Erneut berechnet</translation>
    </message>
    <message>
        <source>%1 % again</source>
        <translation>%1 % erneut</translation>
    </message>
    <message>
        <source>inside</source>
        <translation>innen</translation>
    </message>
    <message>
        <source>iterations %1</source>
        <translation>Iterationen %1</translation>
    </message>
    <message>
        <source>at most %1 iterations</source>
        <translation>höchstens %1 Iterationen</translation>
    </message>
    <message>
        <source>zoom %1</source>
        <translation>Zoom %1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
</context>
<context>
    <name>kolam::gui::TablePage</name>
    <message>
        <source>Columns of %1</source>
        <translation>Spalten von %1</translation>
    </message>
    <message>
        <source>As at &amp;first</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>kolam::gui::TimeBar</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Moment that is shown</source>
        <translation>Gezeigter Augenblick</translation>
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
        <translation>LIVE</translation>
    </message>
    <message>
        <source>LIVE %1</source>
        <translation>LIVE %1</translation>
    </message>
</context>
<context>
    <name>kolam::gui::TimelineBar</name>
    <message>
        <source>Time line</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Left and right go to the event before or after; Home and End to the beginning and to now.</source>
        <translation>Links und rechts gehen zum vorherigen oder nächsten Ereignis; Pos1 und Ende zum Anfang und zur Gegenwart.</translation>
    </message>
    <message>
        <source>× crash, F failover, T takeover, ! fault, + somebody has come. Drag to go there, Shift-drag for a range, wheel to zoom.</source>
        <translation>× Ausfall, F Failover, T Übernahme, ! Störung, + jemand ist gekommen. Ziehen geht dorthin, mit Umschalttaste markiert es einen Bereich, das Rad zoomt.</translation>
    </message>
    <message>
        <source>%1, median %2, longest %3</source>
        <translation>%1, Median %2, längster %3</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n Ereignis</numerusform>
            <numerusform>%n Ereignisse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failover(s)</source>
        <translation>
            <numerusform>%n Failover</numerusform>
            <numerusform>%n Failovers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kolam::gui::TopologyView</name>
    <message>
        <source>place %1</source>
        <translation>%1 verschieben</translation>
    </message>
    <message>
        <source>Map of the pool</source>
        <translation>Karte des Pools</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is here yet. Components of this scope appear by themselves, for example those of “kolam demo”.</source>
        <translation>Noch ist niemand hier. Komponenten dieses Bereichs erscheinen von selbst, zum Beispiel die von „kolam demo“.</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) are shown as groups</source>
        <translation>
            <numerusform>%n Komponente wird als Gruppe gezeigt</numerusform>
            <numerusform>%n Komponenten werden als Gruppen gezeigt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>forget places</source>
        <translation>Plätze vergessen</translation>
    </message>
</context>
<context>
    <name>kolam::gui::WhyPanel</name>
    <message>
        <source>Next try %1.</source>
        <translation>Nächster Versuch %1.</translation>
    </message>
    <message>
        <source>Attempts per waiting session: %1 a second.</source>
        <translation>Versuche je wartender Sitzung: %1 pro Sekunde.</translation>
    </message>
    <message>
        <source>Start a &amp;local pool</source>
        <translation>Einen &amp;lokalen Pool starten</translation>
    </message>
    <message>
        <source>A registrar and some elements on this host, which end with this window</source>
        <translation>Ein Registrar und einige Elemente auf diesem Rechner, die mit diesem Fenster enden</translation>
    </message>
</context>
</TS>
