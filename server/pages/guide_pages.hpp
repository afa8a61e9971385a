// The pages of the guide: where to report, who helps, what to notice, about a complaint, practice, and what
// programs elsewhere may ask. What a visitor answers comes by POST and is kept nowhere; what is the same for
// everybody is made once a day, and when the data changes.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>

#include "async/held.hpp"
#include "server/guide/handbook/handbook.hpp"
#include "server/pages/assets.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/places.hpp"
#include "server/pages/screen.hpp"
#include "web/http/message.hpp"

namespace pages {

class guide_pages {
  public:
    enum class kind { where, help, signals, complaint, practice, developers };
    static constexpr std::size_t kinds = 6;

    guide_pages(parts parts, const book& book) : parts_(parts), book_(book) {}

    // Behind the language of an address: "wegwijzer".
    [[nodiscard]] static std::string_view address_of(kind kind);
    // Whether it takes a form.
    [[nodiscard]] static bool takes_posts(kind kind) {
        return kind == kind::where || kind == kind::help || kind == kind::practice;
    }

    // The page as everybody gets it. frames: one of each language, in any order.
    [[nodiscard]] http::response fixed(kind kind, const http::head& head, const lang::language& language,
                                       std::span<const frame> frames) const;
    // A post; of practice only that for its cases.
    [[nodiscard]] http::response answer(kind kind, http::request request, const frame& frame) const;

  private:
    using by_language = std::map<std::string, encoded, std::less<>>;
    struct made {
        std::shared_ptr<const guide::handbook> of;
        protocol::day day;
        std::array<by_language, kinds> all;
    };
    // What one answer is made from.
    struct moment {
        std::shared_ptr<const guide::handbook> handbook;
        std::shared_ptr<const guide::gemeenten> gemeenten;
        std::shared_ptr<const trust::snapshot> trust;  // null before the first directory
        protocol::day today;
    };
    [[nodiscard]] moment look() const;
    [[nodiscard]] place place_in(const answers& given, const moment& at) const;
    [[nodiscard]] std::shared_ptr<const made> make(std::span<const frame> frames) const;

    [[nodiscard]] http::response where_page(const answers& given, const frame& frame, const faults& found,
                                            const place& place, bool blank) const;
    [[nodiscard]] http::response where(const http::form& form, const frame& frame, const moment& at) const;
    [[nodiscard]] http::response advice(const answers& given, const place& place, const frame& frame,
                                        const moment& at) const;
    [[nodiscard]] http::response help_page(const answers& given, const frame& frame, const moment& at,
                                           const faults& found, const place& place, bool blank) const;
    [[nodiscard]] http::response help(const http::form& form, const frame& frame, const moment& at) const;
    [[nodiscard]] http::response practice(const http::form& form, const frame& frame, const moment& at,
                                          bool blank) const;
    [[nodiscard]] http::response signals(const frame& frame, const moment& at) const;
    [[nodiscard]] http::response complaint(const frame& frame, const moment& at) const;
    [[nodiscard]] http::response developers(const frame& frame) const;

    parts parts_;
    const book& book_;
    mutable async::held<made> made_;
};

}  // namespace pages
