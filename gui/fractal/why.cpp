// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/why.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace kolam::gui {

using fractal::ImageState;

namespace {

struct WhyWords {
    Q_DECLARE_TR_FUNCTIONS(Why)
};

Why noRegistrar() {
    return {.kind = Why::Kind::NoRegistrar,
            .title = WhyWords::tr("No registrar"),
            .reason =
                WhyWords::tr("Nobody answers who knows the pool: no registrar was heard, and none of the listed ones "
                             "could be reached."),
            .advice = WhyWords::tr("Start one with “kolam-registrar”, or name one with --\u2060registrar ADDRESS:PORT. "
                                   "It is looked for all the time.")};
}

Why noElement(const QString& pool) {
    return {.kind = Why::Kind::NoElement,
            .title = WhyWords::tr("No element in the pool"),
            .reason = WhyWords::tr("The registrar knows no element of the pool “%1”.").arg(pool),
            .advice =
                WhyWords::tr("Start some with “kolam serve fractal”. The picture goes on as soon as the first one is "
                             "registered.")};
}

Why tooFewSlots(quint32 waiting, std::size_t all) {
    return {.kind = Why::Kind::TooFewSlots,
            .title = WhyWords::tr("Too few slots"),
            .reason =
                WhyWords::tr("%1 of %2 sessions wait: every element has all of its slots taken.").arg(waiting).arg(all),
            .advice =
                WhyWords::tr("The others go on. Start more elements, give them more slots, or use fewer sessions.")};
}

Why connectFailed(quint32 waiting, std::size_t all) {
    return {.kind = Why::Kind::ConnectFailed,
            .title = WhyWords::tr("Elements cannot be reached"),
            .reason =
                WhyWords::tr("%1 of %2 sessions wait: the registrar names elements, but no connection comes about.")
                    .arg(waiting)
                    .arg(all),
            .advice = WhyWords::tr("Their processes may just have died; the registrar forgets them soon.")};
}

Why refused(const std::string& reason) {
    return {.kind = Why::Kind::Refused,
            .title = WhyWords::tr("Refused"),
            .reason = WhyWords::tr("An element does not compute this picture: %1.").arg(QString::fromStdString(reason)),
            .advice = WhyWords::tr("Choose another place, or other numbers in the form.")};
}

Why nobodyKnowsIt(const QString& pool) {
    return {.kind = Why::Kind::NobodyKnowsIt,
            .title = WhyWords::tr("No element knows this fractal"),
            .reason = WhyWords::tr("The elements of the pool “%1” know rsplib’s two fractals only.").arg(pool),
            .advice =
                WhyWords::tr("Start one with “kolam serve fractal”, or choose another algorithm. The picture goes "
                             "on as soon as somebody comes who knows it.")};
}

Why compatible() {
    return {.kind = Why::Kind::Compatible,
            .nothingMoves = false,
            .title = WhyWords::tr("Compatible mode: banded colours"),
            .reason = WhyWords::tr("no element of the pool knows smooth fractals. “kolam serve fractal” does.")};
}

} // namespace

std::optional<Why> explain(const PoolLink& link, const std::optional<fractal::ImageProgress>& progress,
                           const std::vector<fractal::SessionView>& sessions, const QString& pool) {
    if (link.failed) {
        return Why{.kind = Why::Kind::Failed,
                   .title = WhyWords::tr("The network could not be opened"),
                   .reason = link.failure,
                   .advice = WhyWords::tr("See --transport and --help.")};
    }
    if (progress && progress->state == ImageState::Refused) {
        return refused(progress->refusal);
    }
    if (progress && progress->state == ImageState::Computing && progress->nobodyKnowsIt) {
        return nobodyKnowsIt(pool);
    }
    if (!progress || progress->state != ImageState::Computing) {
        if (link.started && !link.hasRegistrar && (!progress || progress->state == ImageState::Idle)) {
            return noRegistrar();
        }
        return progress && progress->compatible ? std::optional(compatible()) : std::nullopt;
    }
    if (progress->sessionsWaiting == 0 || progress->waitReason == WaitReason::None) {
        return progress->compatible ? std::optional(compatible()) : std::nullopt;
    }
    std::optional<Why> why;
    switch (progress->waitReason) {
    case WaitReason::NoRegistrar: why = noRegistrar(); break;
    case WaitReason::NoElement: why = noElement(pool); break;
    case WaitReason::Refused: why = tooFewSlots(progress->sessionsWaiting, sessions.size()); break;
    case WaitReason::ConnectFailed: why = connectFailed(progress->sessionsWaiting, sessions.size()); break;
    case WaitReason::None: return {};
    }
    why->nothingMoves = std::ranges::none_of(
        sessions, [](const fractal::SessionView& session) { return session.state == SessionState::Established; });
    if (progress->retryAt != TimePoint{} && progress->retryAt != never) {
        why->retryIn = std::max(Duration{}, progress->retryAt - progress->updated);
    }
    return why;
}

QString countdown(Duration left) {
    const double seconds = std::chrono::duration<double>(left).count();
    return seconds < 0.05 ? WhyWords::tr("now") : WhyWords::tr("in %1 s").arg(QLocale().toString(seconds, 'f', 1));
}

} // namespace kolam::gui
