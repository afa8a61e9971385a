// Any members in the signed text of an envelope, of every kind: it is refused, or it fits its place in the
// thread, whoever wrote it may have, and written again it says the same.
#include "crypto/protocol/texts.hpp"

#include "crypto/hash.hpp"
#include "crypto/jws.hpp"
#include "crypto/receipt.hpp"
#include "tests/fuzz/overlaid.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace protocol;
using crypto::kind;

constexpr std::string_view envelope_id = "2ef253b4-fefb-4e4f-b5da-6c0c86d044a4",
                           report_id = "0b7e1c5e-90de-4d8b-8f5e-3f0f1bb7f6a1";

struct thread {
    crypto::sign_keys lead = keys(1), member = keys(2), reporter = keys(3);
    std::string mailbox = crypto::mailbox_id(reporter.public_key), lid;

    thread() {
        membership document;
        document.loket = "zorg";
        document.lid = crypto::uuid::parse(report_id).value();
        document.sign_key = member.public_key;
        document.box_key = crypto::box_keys::from(crypto::seed()).public_key;
        document.rol = "medewerker";
        document.van = day::parse("2026-11-18").value();
        document.tot = document.van + 30;
        sign_document(document, lead);
        lid = document.token;
    }
    static crypto::sign_keys keys(std::uint8_t number) {
        crypto::seed seed;
        seed.span()[0] = number;
        return crypto::sign_keys::from(seed);
    }
    [[nodiscard]] text_place place(kind of) const {
        text_place out;
        out.envelope_id = crypto::uuid::parse(envelope_id).value();
        out.report_id = crypto::uuid::parse(report_id).value();
        out.kind = of;
        out.mailbox = mailbox;
        out.mailbox_sign_key = reporter.public_key;
        if (of != kind::bericht)
            out.author_desk = desk_entry{"zorg", "Zorg", "zorg", false, {lead.public_key}, {}};
        return out;
    }
    [[nodiscard]] json::object document(kind of) const {
        json::object out{{"id", envelope_id},
                         {"soort", static_cast<int>(of)},
                         {"van", "loket:zorg"},
                         {"aan", nullptr},
                         {"meldingId", report_id},
                         {"na", nullptr},
                         {"taal", "nl"},
                         {"tekst", "x"},
                         {"code", nullptr},
                         {"spoed", false},
                         {"bijlagen", json::array()},
                         {"datum", "2026-11-18"}};
        if (of == kind::bericht) {
            out["van"] = "postbus:" + mailbox;
            out["meldingId"] = nullptr;
        }
        if (of == kind::antwoord) out["aan"] = "postbus:" + mailbox;
        return out;
    }
};

void judge(const read_text& read, const text_place& place, const thread& in) {
    const auto& text = read.document;
    const bool reporter = place.kind == kind::bericht;
    must(text.id == place.envelope_id && text.soort == place.kind && read.author.has_value() != reporter);
    must(text.signer == (reporter ? in.reporter : in.member).public_key);
    must(text.van == (reporter ? "postbus:" + in.mailbox : "loket:zorg"));
    must(text.aan.has_value() == (place.kind == kind::antwoord) && text.melding_id.has_value() != reporter);
    must(text.bijlagen.size() <= 10 && text.taal.size() <= 35);
}

void take(const thread& in, kind of, std::string_view said) {
    static constexpr std::string_view types[] = {"",         "melding", "bericht",
                                                 "antwoord", "notitie", "loketbericht"};
    const auto place = in.place(of);
    const bool reporter = of == kind::bericht;
    const auto& author = reporter ? in.reporter : in.member;
    json::object outer{{"type", types[static_cast<int>(of)]},
                       {"bericht", crypto::sign_jws(typ_text, overlaid(in.document(of), said), author)}};
    if (!reporter) outer["lid"] = in.lid;
    auto read = open_text(crypto::plain::copy_of(to_text(outer)), place);
    if (!read) return;
    judge(*read, place, in);
    const auto written =
        write_text(read->document, author, reporter ? std::nullopt : std::optional<std::string_view>(in.lid));
    auto again = open_text(written, place);
    must(again.has_value());
    judge(*again, place, in);
    must(again->document.tekst.text() == read->document.tekst.text() &&
         again->document.bijlagen == read->document.bijlagen);
    must(again->document.na == read->document.na && again->document.code == read->document.code);
    // At no other place of the thread it is taken, nor from another author.
    auto elsewhere = place;
    elsewhere.envelope_id = place.report_id;
    must(!open_text(written, elsewhere));
    elsewhere = place;
    elsewhere.mailbox_sign_key = in.lead.public_key;
    if (elsewhere.author_desk) elsewhere.author_desk->beheerders = {in.member.public_key};
    must(open_text(written, elsewhere).error() == errc::bad_signature);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const thread in;
    const auto text = crypto::as_text({data, size});
    for (const auto of : {kind::bericht, kind::antwoord, kind::notitie, kind::loketbericht}) {
        take(in, of, text);
        // The same bytes as what was sealed, unsigned.
        (void)open_text(crypto::plain::copy_of(text), in.place(of));
    }
    return 0;
}
