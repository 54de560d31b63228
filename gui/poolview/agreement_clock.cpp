// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/agreement_clock.h"

#include "gui/common/sentences.h"
#include "gui/poolview/state_story.h"

namespace kolam::gui {

QString convergenceText(const Model& model, WallTime now) {
    const Agreement& agreement = model.agreement();
    const auto registrars = static_cast<int>(model.tellers().size());
    QStringList sentences;
    if (registrars == 0) {
        return AgreementClock::tr("No registrar tells what it knows.");
    }
    if (registrars == 1) {
        sentences.append(AgreementClock::tr("There is one registrar: nobody can differ from it."));
    } else if (agreement.unequal > 0) {
        sentences.append(AgreementClock::tr("%n registrar(s) have differed for %1, since %2.", nullptr, registrars)
                             .arg(textOf(ageOf(agreement.since, now)), clockText(agreement.since)));
    } else if (agreement.times > 0) {
        sentences.append(AgreementClock::tr("%n registrar(s) have agreed for %1, since %2.", nullptr, registrars)
                             .arg(ageText(ageOf(agreement.since, now)), clockText(agreement.since)));
    } else {
        sentences.append(AgreementClock::tr("%n registrar(s) agree, and have never differed.", nullptr, registrars));
    }
    if (agreement.times > 0) {
        sentences.append(
            AgreementClock::tr("They have come together again %n time(s): the last time after %1, at most after %2.",
                               nullptr, static_cast<int>(agreement.times))
                .arg(textOf(agreement.last), textOf(agreement.longest)));
    }
    return sentences.join(u' ');
}

AgreementClock::AgreementClock(QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::PlainText);
    setAccessibleName(tr("Convergence"));
    setToolTip(tr("Registrars are compared by all that each of them knows, as it changes; silent ones are left out"));
    setMargin(8);
    setWordWrap(true);
}

void AgreementClock::showModel(const Model& model, WallTime now) {
    setText(convergenceText(model, now));
    QPalette look = palette();
    look.setColor(QPalette::WindowText, model.agreement().unequal > 0 ? currentTokens().warning : currentTokens().text);
    setPalette(look);
}

} // namespace kolam::gui
