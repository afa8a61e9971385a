#include "server/pages/pages.hpp"

#include <algorithm>

#include "catalogues.hpp"
#include "page_templates.hpp"
#include "server/pages/abroad.hpp"
#include "server/pages/policy.hpp"

namespace pages {
namespace {

http::response to(std::string path) {
    http::response out;
    out.status = 303;
    out.with("Location", std::move(path));
    return out;
}

// Without a language too, because that is what they try.
constexpr std::string_view for_developers = "/api";

constexpr std::string_view for_robots = "/robots.txt", for_security = "/.well-known/security.txt";

constexpr std::string_view policy_field = "Content-Security-Policy";

constexpr std::string_view plain_text = "text/plain; charset=utf-8", of_one_day = "public, max-age=86400";

// Of the two forms on the page for practice: the one with the cases, not that of a report.
// No question of a report has that name.
bool asks_for_cases(const http::request& request) {
    const std::string_view text(reinterpret_cast<const char*>(request.body.data()), request.body.size());
    return text.starts_with("sector=") || text.contains("&sector=");
}

}  // namespace

std::expected<pages::texts, std::string> pages::read(const std::vector<std::string>& offered) {
    std::vector<lang::catalogue> catalogues;
    for (const auto& code : offered) {
        if (std::ranges::count(offered, code) != 1)
            return std::unexpected("'languages': '" + code + "' stands there twice");
        auto at = std::ranges::find(embedded::catalogues(), code + ".mo", &embedded::file::name);
        if (at == embedded::catalogues().end())
            return std::unexpected("'languages': there is no language '" + code + "'");
        catalogues.push_back({code, at->text});
    }
    auto languages = lang::languages::load(catalogues);
    if (!languages) return std::unexpected(std::move(languages.error()));
    std::vector<html::template_source> sources;
    for (const auto& file : embedded::page_templates()) sources.push_back({file.name, file.text});
    auto book = book::compile(sources, *languages);
    if (!book) return std::unexpected(std::move(book.error()));
    return texts{std::move(*languages), std::move(*book)};
}

std::expected<void, std::string> pages::check(const std::vector<std::string>& offered) {
    auto read = pages::read(offered);
    if (!read) return std::unexpected(std::move(read.error()));
    return {};
}

std::expected<std::unique_ptr<pages>, std::string> pages::open(parts parts,
                                                               const std::vector<std::string>& offered) {
    auto read = pages::read(offered);
    if (!read) return std::unexpected(std::move(read.error()));
    return std::unique_ptr<pages>(new pages(parts, std::move(*read)));
}

pages::pages(parts parts, texts texts)
    : parts_(parts),
      languages_(std::move(texts.languages)),
      book_(std::move(texts.book)),
      melden_(parts, book_),
      guide_(parts, book_),
      names_(parts.gemeenten),
      robots_(plain_text, of_one_day, robots_text()),
      gate_(parts.gate) {
    if (auto text = security_text(parts_.about, languages_))
        security_.emplace(plain_text, of_one_day, std::move(*text));
    make();
    static_cast<void>(is_abroad(""));  // reads its names now, and not for a visitor
    static_cast<void>(is_the_country(""));
}

frame pages::frame_for(const lang::language& language) const {
    return {languages_,
            language,
            assets_.style_path(),
            assets_.icon_path(),
            assets_.script_path(),
            parts_.handbook.get(),
            parts_.clock.today(),
            parts_.demonstration,
            parts_.mailbox};
}

std::vector<frame> pages::frames() const {
    std::vector<frame> out;
    for (const auto& language : languages_.all()) {
        out.push_back(frame_for(language));
        out.back().handbook = out.front().handbook;
        out.back().today = out.front().today;
    }
    return out;
}

pages::fixed_pages pages::make(const frame& frame) const {
    const auto& language = frame.language;
    screen screen(sheet::start, frame);
    screen.view.text("vervolg", "");
    std::string start;
    book_.render(sheet::start, language, screen.view, start);
    fixed_pages out{encoded(fixed(language, std::move(start), sheet::start)),
                    encoded(fixed(language, melden_.blank_page(frame), sheet::begin)),
                    refusals(book_, frame),
                    {}};
    for (auto& page : guide_.blank_pages(frame)) out.guide.emplace_back(dressed(std::move(page)));
    return out;
}

std::shared_ptr<const pages::made> pages::make() const {
    auto out = std::make_shared<made>();
    for (const auto& frame : frames()) {
        out->of = frame.handbook;
        out->day = frame.today;
        out->by_language.emplace(frame.language.code(), make(frame));
    }
    made_.set(out);
    return out;
}

bool pages::is_of_now(const made& these) const {
    return these.of == parts_.handbook.get() && these.day == parts_.clock.today();
}

// They take long to compress: one request makes them, and the others get those of before meanwhile.
std::shared_ptr<const pages::made> pages::standing() const {
    auto now = made_.get();
    if (is_of_now(*now)) return now;
    const std::unique_lock making(making_, std::try_to_lock);
    if (!making) return now;
    now = made_.get();
    return is_of_now(*now) ? now : make();
}

void pages::renew() {
    const std::lock_guard making(making_);
    if (!is_of_now(*made_.get())) make();
}

http::response pages::fixed(const lang::language& language, std::string body, sheet sheet) {
    http::response out;
    out.content_type = "text/html; charset=utf-8";
    out.with("Content-Language", language.code());
    out.with(std::string(policy_field), std::string(policy_of(sheet)));
    out.body = std::move(body);
    return out;
}

std::optional<pages::found> pages::find(std::string_view path) const {
    if (path == "/" || path == for_developers) return found{place::root, nullptr};
    if (assets_.has(path)) return found{place::asset, nullptr};
    if (path == place_list::path) return found{place::names, nullptr};
    if (path == for_robots) return found{place::robots, nullptr};
    if (path == for_security && security_) return found{place::security, nullptr};
    path.remove_prefix(1);
    auto slash = std::min(path.find('/'), path.size());
    const auto* language = languages_.find(path.substr(0, slash));
    if (!language) return std::nullopt;
    auto rest = path.substr(slash);
    if (rest.empty()) return found{place::start, language};
    if (rest == "/melden") return found{place::melden, language};
    for (std::size_t i = 0; i < guide_pages::kinds; ++i) {
        const auto kind = static_cast<guide_pages::kind>(i);
        if (rest.substr(1) == guide_pages::address_of(kind)) return found{place::guide, language, kind};
    }
    return std::nullopt;
}

// That of the address; else that of the browser.
const lang::language& pages::language_of(std::string_view path, std::string_view accepted) const {
    if (path.starts_with('/')) path.remove_prefix(1);
    if (const auto* named = languages_.find(path.substr(0, path.find('/')))) return *named;
    return languages_.best(accepted);
}

const lang::language& pages::language_of(const http::head& head) const {
    return language_of(head.path, head.one("accept-language").value_or(""));
}

http::response pages::dressed(http::response response) {
    // A page of the guide has its own already.
    if (std::ranges::find(response.fields, policy_field, &http::field::first) == response.fields.end())
        response.with(std::string(policy_field), std::string(page_policy));
    return response;
}

http::response pages::refuse(std::string_view path, unsigned status) const {
    return standing()->in(language_of(path, "")).refused.answer(status, {});
}

http::response pages::refuse(const http::head& head, unsigned status) const {
    return standing()->in(language_of(head)).refused.answer(status, head);
}

// The form is how somebody in danger begins. The style sheet and the icon belong to the page that says it is
// busy, too.
admission::importance pages::importance_of(place at, bool posts) {
    using enum admission::importance;
    if (at == place::asset || posts) return rescue;
    return at == place::melden ? writing : reading;
}

std::expected<std::size_t, http::response> pages::admit(const http::head& head) const {
    // OPTIONS about the whole server (RFC 9110 §9.3.7); no Allow: what may be done depends on the address.
    if (head.path == "*") {
        http::response well;
        well.status = 204;
        return std::unexpected(std::move(well));
    }
    auto at = find(head.path);
    // People type a slash too many.
    if (!at && head.path.ends_with('/') && find(std::string_view(head.path).substr(0, head.path.size() - 1)))
        return std::unexpected(to("/" + head.path.substr(1, head.path.size() - 2)));
    // Who asks for what is not there only reads.
    const bool posts = at && at->takes_posts();
    const auto importance = at ? importance_of(at->at, posts && head.method == http::method::post)
                               : admission::importance::reading;
    if (gate_.sheds(importance)) return std::unexpected(refuse(head, 503));
    if (!at) return std::unexpected(refuse(head, 404));
    if (head.method == http::method::get || head.method == http::method::head) return std::size_t{0};
    if (head.method == http::method::post && posts) {
        if (!head.is_of_type("application/x-www-form-urlencoded")) return std::unexpected(refuse(head, 415));
        return most_read;
    }
    std::vector<http::method> allowed{http::method::get};
    if (posts) allowed.push_back(http::method::post);
    http::response out;
    out.status = 204;
    if (head.method != http::method::options) out = refuse(head, 405);
    out.with("Allow", http::allow(allowed));
    return std::unexpected(std::move(out));
}

http::response pages::to_language(const http::head& head) const {
    auto out = to("/" + language_of(head).code() + (head.path == for_developers ? head.path : ""));
    out.with("Vary", "Accept-Language");
    return out;
}

async::task<http::response> pages::answer_guide(guide_pages::kind kind, frame frame,
                                                http::request request) const {
    frame.address = guide_pages::address_of(kind);
    // The practice form is the form of a report, but for what it is opened with.
    if (kind == guide_pages::kind::practice && !asks_for_cases(request)) {
        auto response = co_await melden_.answer(std::move(request), frame);
        co_return dressed(std::move(response));
    }
    co_return dressed(guide_.answer(kind, std::move(request), frame));
}

async::task<http::response> pages::answer(http::request request) const {
    auto at = find(request.head.path);
    if (!at) co_return refuse(request.head, 404);
    switch (at->at) {
        case place::root:
            co_return to_language(request.head);
        case place::asset:
            co_return assets_.answer(request.head);
        case place::names:
            co_return names_.answer(request.head);
        case place::robots:
            co_return robots_.answer(request.head);
        case place::security:
            co_return security_->answer(request.head);
        case place::start:
            co_return standing()->in(*at->language).start.form_for(request.head);
        case place::guide:
            if (request.head.method == http::method::post)
                co_return co_await answer_guide(at->kind, frame_for(*at->language), std::move(request));
            co_return standing()
                ->in(*at->language)
                .guide[static_cast<std::size_t>(at->kind)]
                .form_for(request.head);
        case place::melden:
            break;
    }
    if (request.head.method != http::method::post)
        co_return standing()->in(*at->language).blank.form_for(request.head);
    const auto frame = frame_for(*at->language);
    auto response = co_await melden_.answer(std::move(request), frame);
    co_return dressed(std::move(response));
}

}  // namespace pages
