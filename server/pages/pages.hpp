// The public pages: routes, languages, and what every page has. Everything outside /v1/ is answered here, in
// HTML, also what is refused.
#pragma once

#include <cstddef>
#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/async/held.hpp"
#include "base/async/task.hpp"
#include "server/http/message.hpp"
#include "server/http/router.hpp"
#include "server/lang/languages.hpp"
#include "server/pages/assets.hpp"
#include "server/pages/book.hpp"
#include "server/pages/guide_pages.hpp"
#include "server/pages/melden.hpp"
#include "server/pages/place_list.hpp"
#include "server/pages/refusals.hpp"

namespace pages {

class pages {
  public:
    // offered: codes of the languages, the first for those whose own is not here. A sentence for what cannot
    // be used.
    [[nodiscard]] static std::expected<std::unique_ptr<pages>, std::string> open(
        parts parts, const std::vector<std::string>& offered);

    // As net::service.
    [[nodiscard]] std::expected<std::size_t, http::response> admit(const http::head& head) const;
    [[nodiscard]] async::task<http::response> answer(http::request request) const;
    // The page for a request to this path that was refused before it came here.
    [[nodiscard]] http::response refuse(std::string_view path, unsigned status) const;
    // After the guide's data changed: makes what is the same for everybody, before anybody asks for it.
    void renew();

    // Whether these languages, and the templates in them, can be used.
    [[nodiscard]] static std::expected<void, std::string> check(const std::vector<std::string>& offered);

  private:
    enum class place { root, start, melden, guide, asset, names, robots, security };
    struct found {
        place at;
        const lang::language* language;
        guide_pages::kind kind = guide_pages::kind::where;  // of the guide
        [[nodiscard]] bool takes_posts() const {
            return at == place::melden || (at == place::guide && guide_pages::takes_posts(kind));
        }
    };
    // What it counts for under load.
    [[nodiscard]] static admission::importance importance_of(place at, bool posts);

    struct texts {
        lang::languages languages;
        ::pages::book book;
    };
    [[nodiscard]] static std::expected<texts, std::string> read(const std::vector<std::string>& offered);
    pages(parts parts, texts texts);
    [[nodiscard]] std::optional<found> find(std::string_view path) const;
    [[nodiscard]] const lang::language& language_of(std::string_view path, std::string_view accepted) const;
    [[nodiscard]] const lang::language& language_of(const http::head& head) const;
    [[nodiscard]] http::response refuse(const http::head& head, unsigned status) const;
    // Pages that are the same for everybody: made when the day or the guide's data changes.
    struct fixed_pages {
        encoded start, blank;
        refusals refused;
        std::vector<encoded> guide;  // by guide_pages::kind
    };
    struct made {
        std::shared_ptr<const guide::handbook> of;
        protocol::day day;
        std::map<std::string, fixed_pages, std::less<>> by_language;
        [[nodiscard]] const fixed_pages& in(const lang::language& language) const {
            return by_language.find(language.code())->second;
        }
    };
    [[nodiscard]] frame frame_for(const lang::language& language) const;
    // Of every language, all of one guide and one day, whatever is read again meanwhile.
    [[nodiscard]] std::vector<frame> frames() const;
    [[nodiscard]] fixed_pages make(const frame& frame) const;
    // Holds making_.
    std::shared_ptr<const made> make() const;
    [[nodiscard]] bool is_of_now(const made& these) const;
    [[nodiscard]] std::shared_ptr<const made> standing() const;
    [[nodiscard]] async::task<http::response> answer_guide(guide_pages::kind kind, frame frame,
                                                           http::request request) const;
    [[nodiscard]] static http::response fixed(const lang::language& language, std::string body, sheet sheet);
    [[nodiscard]] static http::response dressed(http::response response);
    [[nodiscard]] http::response to_language(const http::head& head) const;

    parts parts_;
    lang::languages languages_;
    book book_;
    assets assets_;
    melden melden_;
    guide_pages guide_;
    place_list names_;
    tagged robots_;
    std::optional<tagged> security_;  // where somebody filled in whom to write to
    admission::gate& gate_;
    mutable async::held<made> made_;
    mutable std::mutex making_;
};

}  // namespace pages
