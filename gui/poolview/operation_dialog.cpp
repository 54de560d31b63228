// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/poolview/operation_dialog.h"

#include "gui/common/sentences.h"
#include "gui/common/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kolam::gui {

namespace {
constexpr std::size_t mostNames = 12;
} // namespace

OperationDialog::OperationDialog(const QString& name, Operation operation, const std::vector<NodeId>& nodes,
                                 const Stake& stake, QWidget* parent)
    : QDialog(parent)
    , m_stake(stake)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this)) {
    setWindowTitle(name);
    auto* const layout = new QVBoxLayout(this);
    const auto say = [&](const QString& text, const char* role = nullptr) {
        auto* const label = new QLabel(text, this);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        if (role != nullptr) {
            label->setProperty("role", QString::fromLatin1(role));
        }
        layout->addWidget(label);
        return label;
    };
    QStringList names;
    for (std::size_t at = 0; at < std::min(nodes.size(), mostNames); ++at) {
        names.append(nodes[at].pool.value.empty()
                         ? nameOf(nodes[at].component)
                         : tr("%1 of %2").arg(nameOf(nodes[at].component), textOf(nodes[at].pool)));
    }
    if (nodes.size() > mostNames) {
        names.append(tr("and %n other(s)", nullptr, static_cast<int>(nodes.size() - mostNames)));
    }
    say(names.join(u'\n'), "title");
    say(operationMeaning(operation));
    QPushButton* const go = m_buttons->button(QDialogButtonBox::Ok);
    go->setText(name);
    m_buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    if (!stake.challenge.isEmpty()) {
        QLabel* const warning = say(stake.sentence);
        QPalette look = warning->palette();
        look.setColor(QPalette::WindowText, currentTokens().bad);
        warning->setPalette(look);
        say(tr("Type “%1” if that is what you want.").arg(stake.challenge));
        m_field = new QLineEdit(this);
        m_field->setAccessibleName(tr("Name, to confirm"));
        layout->addWidget(m_field);
        go->setEnabled(false);
        connect(m_field, &QLineEdit::textChanged, this, [this, go] { go->setEnabled(canAccept()); });
    }
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    setMinimumWidth(fontMetrics().averageCharWidth() * 52);
}

QString OperationDialog::typed() const {
    return m_field != nullptr ? m_field->text() : QString();
}

bool OperationDialog::canAccept() const {
    return m_stake.challenge.isEmpty() || typed() == m_stake.challenge;
}

} // namespace kolam::gui
