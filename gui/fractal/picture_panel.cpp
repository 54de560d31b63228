// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fractal/picture_panel.h"

#include "demos/services/fractal/smooth_plane.h"
#include "gui/common/theme.h"
#include "gui/fractal/julia_picker.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <cmath>
#include <utility>

namespace kolam::gui {

namespace {

constexpr double densityPerStep = 1.05; // the slider's steps are equal factors
constexpr int densitySteps = 50;
constexpr int offsetSteps = 200;

bool hasConstant(wire::FractalAlgorithm algorithm) {
    return algorithm == wire::FractalAlgorithm::Julia;
}
bool hasPower(wire::FractalAlgorithm algorithm) {
    return algorithm == wire::FractalAlgorithm::MandelbrotN || hasWholePower(algorithm);
}

} // namespace

PicturePanel::PicturePanel(QWidget* parent)
    : QWidget(parent)
    , m_algorithm(new QComboBox(this))
    , m_iterations(new QSpinBox(this))
    , m_exponent(new QDoubleSpinBox(this))
    , m_kReal(new QDoubleSpinBox(this))
    , m_kImag(new QDoubleSpinBox(this))
    , m_julia(new JuliaPicker(this))
    , m_sessions(new QSpinBox(this))
    , m_palette(new QComboBox(this))
    , m_density(new QSlider(Qt::Horizontal, this))
    , m_offset(new QSlider(Qt::Horizontal, this))
    , m_overlay(new QComboBox(this)) {
    auto* form = m_form = new QFormLayout(this);
    const int space = currentTokens().space;
    form->setContentsMargins(space, space, space, space);
    form->setSpacing(space * 3 / 4);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    using wire::FractalAlgorithm;
    const std::pair<FractalAlgorithm, QString> fractals[]{
        {FractalAlgorithm::SmoothMandelbrot, tr("Mandelbrot")},
        {FractalAlgorithm::Julia, tr("Julia")},
        {FractalAlgorithm::BurningShip, tr("Burning Ship")},
        {FractalAlgorithm::Multibrot, tr("Multibrot")},
        {FractalAlgorithm::Newton, tr("Newton")},
        {FractalAlgorithm::Mandelbrot, tr("rsplib: z² − c")},
        {FractalAlgorithm::MandelbrotN, tr("rsplib: zᴺ − c")},
    };
    for (const auto& [algorithm, name] : fractals) {
        m_algorithm->addItem(name, static_cast<quint32>(algorithm));
    }
    m_algorithm->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_algorithm->setMinimumContentsLength(12);
    m_iterations->setRange(1, wire::FractalParameter::maxIterationLimit);
    m_iterations->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_iterations->setKeyboardTracking(false);
    m_exponent->setRange(1, 100);
    m_exponent->setDecimals(2);
    for (QDoubleSpinBox* part : {m_kReal, m_kImag}) {
        part->setRange(-4, 4);
        part->setDecimals(6);
        part->setSingleStep(0.001);
        part->setKeyboardTracking(false);
    }
    m_exponent->setKeyboardTracking(false);
    m_sessions->setRange(1, 64);
    m_sessions->setKeyboardTracking(false);
    for (const ColourPalette& palette : palettes()) {
        m_palette->addItem(QIcon(QPixmap::fromImage(paletteStrip(palette, QSize(48, 16)))), paletteName(palette));
        if (palette.colourBlindSafe) {
            m_palette->setItemData(m_palette->count() - 1, tr("Safe with colour vision deficiencies"), Qt::ToolTipRole);
        }
    }
    m_palette->setIconSize(QSize(48, 16));
    m_density->setRange(-densitySteps, densitySteps);
    m_offset->setRange(0, offsetSteps);
    for (const OverlayMode mode : overlayModes) {
        m_overlay->addItem(overlayModeName(mode));
    }
    add(form, m_overlay, tr("Overlay"), tr("What lies over the picture; it is never saved with it"));
    add(form, m_sessions, tr("Sessions"), tr("How many tiles are computed at the same time, each by one session"));
    add(form, m_algorithm, tr("Algorithm"),
        tr("The first five have smooth colours, and need elements of ours; the last two are rsplib’s, in bands"));
    add(form, m_iterations, tr("Iterations"), tr("How long a point may stay until it counts as inside"));
    add(form, m_exponent, tr("Power N"), tr("Of Multibrot, Newton, and rsplib’s second fractal"));
    add(form, m_kReal, tr("Constant, real"), tr("The constant k of z² + k"));
    add(form, m_kImag, tr("Constant, imaginary"), tr("The constant k of z² + k"));
    form->addRow(m_julia);
    add(form, m_palette, tr("Palette"), tr("Colours for the iteration counts; nothing is computed again"));
    add(form, m_density, tr("Density"), tr("How quickly colours follow each other"));
    add(form, m_offset, tr("Shift"), tr("Where the palette begins"));
    connect(m_algorithm, &QComboBox::activated, this, &PicturePanel::editPlace);
    connect(m_iterations, &QSpinBox::valueChanged, this, &PicturePanel::editPlace);
    connect(m_exponent, &QDoubleSpinBox::valueChanged, this, &PicturePanel::editPlace);
    connect(m_kReal, &QDoubleSpinBox::valueChanged, this, &PicturePanel::editPlace);
    connect(m_kImag, &QDoubleSpinBox::valueChanged, this, &PicturePanel::editPlace);
    connect(m_julia, &JuliaPicker::moved, this, &PicturePanel::showConstant);
    connect(m_julia, &JuliaPicker::chosen, this, [this](QPointF k) {
        showConstant(k);
        editPlace();
    });
    connect(m_sessions, &QSpinBox::valueChanged, this, &PicturePanel::sessionsEdited);
    connect(m_palette, &QComboBox::currentIndexChanged, this, &PicturePanel::editColouring);
    connect(m_density, &QSlider::valueChanged, this, &PicturePanel::editColouring);
    connect(m_offset, &QSlider::valueChanged, this, &PicturePanel::editColouring);
    connect(m_overlay, &QComboBox::currentIndexChanged, this,
            [this](int index) { emit overlayEdited(overlayModes[static_cast<std::size_t>(index)]); });
}

template <typename Widget>
Widget* PicturePanel::add(QFormLayout* form, Widget* widget, const QString& name, const QString& help) {
    widget->setAccessibleName(name);
    widget->setToolTip(help);
    auto* label = new QLabel(name, this);
    label->setBuddy(widget);
    label->setToolTip(help);
    form->addRow(label, widget);
    return widget;
}

void PicturePanel::showPlace(const Place& place) {
    m_place = place;
    const QSignalBlocker block1(m_algorithm);
    const QSignalBlocker block2(m_iterations);
    const QSignalBlocker block3(m_exponent);
    m_algorithm->setCurrentIndex(m_algorithm->findData(static_cast<quint32>(place.algorithm)));
    m_iterations->setValue(static_cast<int>(place.maxIterations));
    const bool whole = hasWholePower(place.algorithm);
    m_exponent->setDecimals(whole ? 0 : 2);
    m_exponent->setRange(whole ? fractal::smallestDegree : 1, whole ? fractal::largestDegree : 100);
    m_exponent->setValue(place.n);
    const auto showRow = [this](QWidget* widget, bool shown) {
        widget->setVisible(shown);
        if (QWidget* label = m_form->labelForField(widget)) {
            label->setVisible(shown);
        }
    };
    showRow(m_exponent, hasPower(place.algorithm));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_kReal, m_kImag, m_julia}) {
        showRow(widget, hasConstant(place.algorithm));
    }
    showConstant(place.k);
    m_julia->setConstant(place.k);
}

void PicturePanel::showConstant(QPointF k) {
    const QSignalBlocker block1(m_kReal);
    const QSignalBlocker block2(m_kImag);
    m_kReal->setValue(k.x());
    m_kImag->setValue(k.y());
}

void PicturePanel::showColouring(const Colouring& colouring) {
    const QSignalBlocker block1(m_palette);
    const QSignalBlocker block2(m_density);
    const QSignalBlocker block3(m_offset);
    m_julia->setColouring(colouring);
    m_own = colouring.own;
    Colouring ownOne = colouring;
    ownOne.palette = ownPaletteIndex();
    const std::vector<QRgb> stops = stopsOf(ownOne);
    m_palette->setItemIcon(ownPaletteIndex(), QPixmap::fromImage(paletteStrip({.stops = stops}, QSize(48, 16))));
    m_palette->setCurrentIndex(colouring.palette);
    m_density->setValue(qRound(std::log(colouring.density) / std::log(densityPerStep)));
    m_offset->setValue(qRound(colouring.offset * offsetSteps));
}

void PicturePanel::showOverlay(OverlayMode mode) {
    const QSignalBlocker block(m_overlay);
    m_overlay->setCurrentIndex(static_cast<int>(mode));
}

void PicturePanel::showSessions(int sessions) {
    const QSignalBlocker block(m_sessions);
    m_sessions->setValue(sessions);
}

void PicturePanel::editPlace() {
    Place place = m_place;
    place.maxIterations = static_cast<quint32>(m_iterations->value());
    const auto algorithm = static_cast<wire::FractalAlgorithm>(m_algorithm->currentData().toUInt());
    if (algorithm != place.algorithm) {
        const quint32 iterations = place.maxIterations;
        place = homePlace(algorithm); // the other algorithm's view would show an arbitrary part
        place.maxIterations = iterations;
    } else if (hasPower(algorithm)) {
        place.n = m_exponent->value();
    } else if (hasConstant(algorithm)) {
        place.k = QPointF(m_kReal->value(), m_kImag->value());
    }
    emit placeEdited(place);
}

void PicturePanel::editColouring() {
    emit colouringEdited({.palette = m_palette->currentIndex(),
                          .density = std::pow(densityPerStep, m_density->value()),
                          .offset = static_cast<double>(m_offset->value()) / offsetSteps,
                          .own = m_own});
}

} // namespace kolam::gui
