// The templates as they ship: each fits its shape in every language, and what does not stops the start.
#include "server/pages/book.hpp"

#include <deque>

#include <catch2/catch.hpp>

#include "server/pages/policy.hpp"
#include "tests/checkout.hpp"
#include "tests/unit/api/sources.hpp"
#include "tests/unit/lang/mo.hpp"

namespace {

const std::string two_forms = "nplurals=2; plural=(n != 1);";

struct shipped {
    std::vector<std::pair<std::string, std::string>> files;
    shipped() {
        const auto dir = std::filesystem::path(checkout::schema).parent_path() / "static" / "templates";
        for (const auto& entry : std::filesystem::directory_iterator(dir))
            files.emplace_back(entry.path().filename().string(), sources::text(entry.path()));
    }
    [[nodiscard]] std::vector<html::template_source> all() const {
        std::vector<html::template_source> out;
        for (const auto& [name, text] : files) out.push_back({name, text});
        return out;
    }
    std::string& text(std::string_view name) {
        for (auto& [file, text] : files)
            if (file == name) return text;
        throw std::logic_error("no such template");
    }
};

lang::languages languages(const std::vector<tests::message>& dutch = {}) {
    static std::deque<std::string> bytes;  // catalogues are read where they lie
    const auto& nl = bytes.emplace_back(tests::mo(two_forms, dutch));
    const auto& ar =
        bytes.emplace_back(tests::mo(two_forms, {{"direction of writing: ltr or rtl", "ltr", "", {"rtl"}}}));
    return lang::languages::load(std::vector<lang::catalogue>{{"nl", nl}, {"ar", ar}}).value();
}

// Everything of the shape, each list with one item; flags as wanted.
void fill(html::view& view, bool flags) {
    for (const auto& slot : view.shape()) {
        if (slot.kind == html::slot_kind::text) view.text(slot.name, "<&\"'>");
        if (slot.kind == html::slot_kind::flag) view.flag(slot.name, flags);
        if (slot.kind == html::slot_kind::list) fill(view.item(slot.name), flags);
    }
}

std::size_t count(std::string_view text, std::string_view of) {
    std::size_t out = 0;
    for (auto at = text.find(of); at != text.npos; at = text.find(of, at + 1)) ++out;
    return out;
}

}  // namespace

TEST_CASE("every sheet renders in every language, with every flag set and with none; texts are escaped") {
    const auto all = languages();
    const auto book = pages::book::compile(shipped().all(), all);
    if (!book) FAIL(book.error());
    for (const auto& language : all.all())
        for (std::size_t sheet = 0; sheet < pages::sheets; ++sheet)
            for (const bool flags : {false, true}) {
                CAPTURE(language.code(), sheet, flags);
                html::view view(pages::shape_of(static_cast<pages::sheet>(sheet)));
                fill(view, flags);
                // What begins an address is no text of anybody.
                view.text("taal", language.code()).text("stijl", "vast/a.css").text("icoon", "vast/b.png");
                view.text("bel-veilig-thuis", "08002000");
                const bool runs = pages::suggests(static_cast<pages::sheet>(sheet));
                if (runs) view.text("suggesties", "vast/c.js");
                std::string out = "before";
                book->render(static_cast<pages::sheet>(sheet), language, view, out);
                CHECK(out.starts_with("before<!doctype html>\n"));
                CHECK(out.ends_with("</html>\n"));
                CHECK(out.contains("&lt;&amp;&quot;&#39;&gt;"));
                CHECK_FALSE(out.contains("<&"));
                CHECK_FALSE(out.contains("{{"));
                CHECK(count(out, "<script") == (runs ? 1 : 0));
                CHECK(count(out, "<script src=\"/vast/c.js\" defer></script>") == (runs ? 1 : 0));
                CHECK(count(out, "<h1") == 1);
                CHECK(count(out, "id=\"inhoud\"") == 1);
                for (const auto* always : {"href=\"tel:112\"", "href=\"tel:08002000\"",
                                           "class=\"baken-exit\"", "href=\"/vast/a.css\""})
                    CHECK(out.contains(always));
                // Every sheet is kept out of the lists of search engines, unless somebody said that it may be
                // found.
                CHECK(out.contains("name=\"robots\" content=\"noindex\"") == !flags);
            }
}

TEST_CASE("a phrase that a language does not have is English on its page, and says so") {
    const auto all = languages({{"practice", "Try the form", "", {"Probeer het formulier"}}});
    const auto book = pages::book::compile(shipped().all(), all);
    if (!book) FAIL(book.error());
    const auto practice = [&](const lang::language& language) {
        html::view view(pages::shape_of(pages::sheet::practice));
        fill(view, false);
        view.text("taal", language.code()).text("stijl", "vast/a.css").text("icoon", "vast/b.png");
        std::string out;
        book->render(pages::sheet::practice, language, view, out);
        return out;
    };
    for (const auto& language : all.all()) {
        CAPTURE(language.code());
        const auto page = practice(language);
        CHECK(page.contains(">Probeer het formulier</h2>") == (language.code() == "nl"));
        CHECK(page.contains("<span lang=\"en\" dir=\"auto\">Try the form</span></h2>") ==
              (language.code() == "ar"));
        CHECK(page.contains("<title>Practise - Baken</title>"));
        CHECK_FALSE(page.contains("=\"<span"));
    }
}

TEST_CASE("a template that does not fit stops the start, in a sentence for each fault and language") {
    shipped files;
    files.text("start.html") += "{{nergens}}";
    files.text("klaar.html") += "{{#bon}}";
    const auto book = pages::book::compile(files.all(), languages());
    REQUIRE_FALSE(book);
    for (const auto* part : {"The templates of the pages cannot be used:", "\n  nl: start.html",
                             "\n  ar: start.html", "\n  nl: klaar.html", "nergens"}) {
        CAPTURE(part, book.error());
        CHECK(book.error().contains(part));
    }
}

TEST_CASE("a missing template stops the start; so does a translation that names another slot") {
    shipped files;
    std::erase_if(files.files, [](const auto& file) { return file.first == "nummers.html"; });
    CHECK_FALSE(pages::book::compile(files.all(), languages()));
    shipped whole;
    const auto all = languages({{"button", "Send", "", {"Stuur {taal}"}}});
    const auto book = pages::book::compile(whole.all(), all);
    REQUIRE_FALSE(book);
    CHECK(book.error().contains("nl: controle.html"));
    CHECK_FALSE(book.error().contains("ar: "));
}
