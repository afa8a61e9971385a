#include "server/pages/refusals.hpp"

#include "server/pages/policy.hpp"

namespace pages {
namespace {

// The status under which a page is kept: of what our pages have no words for, those of 400.
unsigned kept_as(unsigned status) {
    switch (status) {
        case 404:
        case 405:
        case 408:
        case 413:
        case 415:
        case 500:
        case 503:
            return status;
        default:
            return 400;
    }
}

}  // namespace

refusals::refusals(const book& book, const frame& frame) {
    using enum text_of;
    const auto page = [&](text_of what) {
        auto out = unpadded_message(book, frame, what);
        out.with("Content-Security-Policy", std::string(page_policy));
        return out;
    };
    for (const auto what : {no_page, wrong_method, wrong_type, busy}) {
        auto one = page(what);
        const auto status = one.status;
        often_.emplace(status, encoded(std::move(one)));
    }
    for (const auto what : {refused, slow, too_large, our_fault}) {
        auto one = page(what);
        const auto status = one.status;
        others_.emplace(status, http::prepared(std::move(one)));
    }
}

http::response refusals::answer(unsigned status, const http::head& head) const {
    if (const auto at = often_.find(status); at != often_.end()) return at->second.form_for(head);
    auto out = others_.at(kept_as(status));
    if (out.status == status) return out;
    out.status = status;
    out.whole.reset();
    return out;
}

}  // namespace pages
