// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures compared with those that people have looked at. Small differences of rendering are allowed, others are not.
// KOLAM_WRITE_GOLDEN=1 writes them anew: look at them. Next door: the golden folders of the tests.
#pragma once

#include "gui/common/theme.h"

#include <QImage>
#include <QPainter>
#include <QtTest>
#include <cmath>
#include <functional>

namespace kolam::gui {

class GoldenPicture {
public:
    /// Columns "theme" and "scale" for a test: three themes, two scale factors.
    static void rows() {
        QTest::addColumn<Theme>("theme");
        QTest::addColumn<int>("scale");
        for (const Theme theme : {Theme::Dark, Theme::Light, Theme::Contrast}) {
            for (const int scale : {1, 2}) {
                QTest::addRow("%s-%d", qPrintable(themeName(theme)), scale) << theme << scale;
            }
        }
    }
    static QImage paint(QSize size, int scale, const std::function<void(QPainter&)>& paint) {
        QImage image(size * scale, QImage::Format_RGB32);
        image.setDevicePixelRatio(scale);
        image.fill(Qt::black);
        QPainter painter(&image);
        paint(painter);
        return image;
    }
    /// @param name  "monitor/golden/map", to which theme and scale are added
    static void compare(const QImage& picture, const QString& name, Theme theme, int scale) {
        const QString path =
            QStringLiteral(KOLAM_SOURCE "/tests/gui/%1-%2-%3.png").arg(name, themeName(theme)).arg(scale);
        if (qEnvironmentVariableIsSet("KOLAM_WRITE_GOLDEN")) {
            QVERIFY(picture.save(path));
        }
        const QImage golden(path);
        QCOMPARE(golden.size(), picture.size());
        const double differs = difference(picture, golden.convertToFormat(QImage::Format_RGB32));
        QVERIFY2(differs <= tolerance, qPrintable(QString::number(differs)));
    }

private:
    static constexpr double tolerance = 0.01; // of all pixels may differ by more than a shade
    static double difference(const QImage& one, const QImage& other) {
        constexpr int shade = 48;
        qint64 different = 0;
        for (int y = 0; y < one.height(); ++y) {
            for (int x = 0; x < one.width(); ++x) {
                const QRgb a = one.pixel(x, y);
                const QRgb b = other.pixel(x, y);
                different += std::abs(qRed(a) - qRed(b)) > shade || std::abs(qGreen(a) - qGreen(b)) > shade ||
                                     std::abs(qBlue(a) - qBlue(b)) > shade
                                 ? 1
                                 : 0;
            }
        }
        return static_cast<double>(different) / (one.width() * one.height());
    }
};

} // namespace kolam::gui
