#include "server/api/told.hpp"

#include <algorithm>

#include "server/http/json_string.hpp"
#include "server/lang/accept_language.hpp"

namespace api {
namespace {

constexpr std::array<std::string_view, tongues> codes{"nl", "en"};

// One member of a list, written member by member.
class writer {
  public:
    explicit writer(tongue tongue) : tongue_(tongue) {}

    writer& text(std::string_view name, std::string_view value) {
        member(name);
        if (value.empty())
            out_ += "null";
        else
            http::append_json_string(out_, value);
        return *this;
    }
    writer& say(std::string_view name, const guide::words& words) { return text(name, in(words)); }
    writer& say(std::string_view name, const std::optional<guide::words>& words) {
        return text(name, words ? std::string_view(in(*words)) : std::string_view());
    }
    writer& list(std::string_view name, const std::vector<std::string>& values) {
        member(name);
        out_ += '[';
        for (const auto& value : values) {
            if (out_.back() != '[') out_ += ',';
            http::append_json_string(out_, value);
        }
        out_ += ']';
        return *this;
    }
    writer& flag(std::string_view name, std::optional<bool> value) {
        member(name);
        out_ += !value ? "null" : *value ? "true" : "false";
        return *this;
    }
    writer& source(const guide::provenance& of) {
        return text("bron", of.bron)
            .text("geverifieerdOp", of.geverifieerd ? of.geverifieerd->text() : std::string());
    }
    writer& law(const std::vector<const guide::law_sentence*>& sentences, protocol::day today) {
        std::string all;
        for (const auto* one : sentences)
            if (guide::may_be_shown(one->bron, false, today))
                all += (all.empty() ? "" : " ") + in(one->tekst);
        text("juridisch", all);
        member("juridischeBronnen");
        out_ += '[';
        for (const auto* one : sentences) {
            if (!guide::may_be_shown(one->bron, false, today)) continue;
            if (out_.back() != '[') out_ += ',';
            writer inner(tongue_);
            inner.say("tekst", one->tekst).source(one->bron);
            out_ += std::move(inner).end();
        }
        out_ += ']';
        return *this;
    }
    [[nodiscard]] std::string end() && { return std::move(out_) + '}'; }

  private:
    const std::string& in(const guide::words& words) const {
        return tongue_ == tongue::nl ? words.nl : words.en;
    }
    void member(std::string_view name) {
        out_ += out_.empty() ? '{' : ',';
        http::append_json_string(out_, name);
        out_ += ':';
    }

    tongue tongue_;
    std::string out_;
};

void put_contact(writer& to, const guide::organisation& of) {
    to.text("telefoon", of.telefoon)
        .text("telefoonBuitenland", of.telefoon_buitenland)
        .text("url", of.url)
        .say("bereikbaar", of.bereikbaar);
}

// Without what only the directory knows of the report's own step.
std::string told_step(const guide::step& step, tongue tongue, protocol::day today) {
    writer out(tongue);
    out.text("stap", step.id).flag("melding", step.loket).say("waarom", step.waarom);
    out.law(step.recht, today);
    if (step.loket) return std::move(out).end();
    const guide::organisation nobody;
    const auto& who = step.wie ? *step.wie : nobody;
    out.text("organisatie", who.naam)
        .flag("opsporing", step.wie ? std::optional(who.opsporing) : std::nullopt);
    put_contact(out, who);
    return std::move(out.source(step.wie ? who.bron : step.bron)).end();
}

std::string told_help(const guide::help& help, tongue tongue) {
    writer out(tongue);
    out.text("id", help.id).text("regio", help.regio).text("gebied", help.gebied);
    out.text("organisatie", help.wie.naam);
    put_contact(out, help.wie);
    out.say("wat", help.wat)
        .say("veilig", help.veilig)
        .list("doelgroepen", help.doelgroepen)
        .list("talen", help.talen)
        .flag("zonderPolitie", help.zonder_politie)
        .flag("anoniem", help.wie.anoniem)
        .flag("opsporing", help.wie.opsporing)
        .text("eigenaar", help.eigenaar)
        .flag("demonstratie", help.demonstratie);
    return std::move(out.source(help.wie.bron)).end();
}

std::string told_signal(const guide::signal& signal, tongue tongue) {
    writer out(tongue);
    out.text("id", signal.id)
        .list("vormen", signal.vormen)
        .list("plekken", signal.plekken)
        .say("tekst", signal.tekst);
    return std::move(out.source(signal.bron)).end();
}

}  // namespace

tongue tongue_of(std::string_view accept_language) {
    const auto ranges = lang::read_accept_language(accept_language);
    return static_cast<tongue>(lang::look_up(ranges, codes));
}

std::string_view code_of(tongue tongue) { return codes[static_cast<std::size_t>(tongue)]; }

told::told(std::shared_ptr<const guide::handbook> of, protocol::day today)
    : of_(std::move(of)),
      today_(today),
      steps_(of_->wegwijzer.steps().size()),
      help_(of_->hulp.size()),
      signals_(of_->signalen.all.size()),
      helpers_(guide::in_order(of_->hulp)) {
    for (std::size_t t = 0; t < tongues; ++t) {
        const auto tongue = static_cast<api::tongue>(t);
        for (std::size_t i = 0; i < steps_.size(); ++i)
            steps_[i][t] = told_step(of_->wegwijzer.steps()[i], tongue, today);
        for (std::size_t i = 0; i < help_.size(); ++i)
            if (of_->hulp[i].stands(today, of_->demonstratie)) help_[i][t] = told_help(of_->hulp[i], tongue);
        for (std::size_t i = 0; i < signals_.size(); ++i)
            if (of_->signalen.all[i].stands(today))
                signals_[i][t] = told_signal(of_->signalen.all[i], tongue);
    }
}

void told::append_step(std::string& to, const guide::step& step, tongue tongue, const desk& desk) const {
    const auto number = static_cast<std::size_t>(&step - of_->wegwijzer.steps().data());
    const auto& text = steps_[number][static_cast<std::size_t>(tongue)];
    if (!step.loket) {
        to += text;
        return;
    }
    to.append(text, 0, text.size() - 1);
    to += R"(,"organisatie":)";
    http::append_json_string(to, desk.naam);
    to += R"(,"opsporing":)";
    to += desk.opsporing ? "true" : "false";
    to += R"(,"telefoon":null,"telefoonBuitenland":null,"url":null,"bereikbaar":null,"bron":"/v1/routering",)"
          R"("geverifieerdOp":")";
    to += desk.datum.text();
    to += "\"}";
}

}  // namespace api
