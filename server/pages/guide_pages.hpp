// The pages of the guide: where to report, who helps, what to notice, about a complaint, practice, what
// programs elsewhere may ask, and who runs it all. What a visitor answers comes by POST and is kept nowhere.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "server/guide/handbook.hpp"
#include "server/http/message.hpp"
#include "server/pages/parts.hpp"
#include "server/pages/places.hpp"
#include "server/pages/screen.hpp"

namespace pages {

class guide_pages {
  public:
    enum class kind { where, help, signals, complaint, practice, developers, privacy, accessibility };
    static constexpr std::size_t kinds = 8;

    guide_pages(parts parts, const book& book) : parts_(parts), book_(book) {}

    // Behind the language of an address: "wegwijzer".
    [[nodiscard]] static std::string_view address_of(kind kind);
    // Whether it takes a form.
    [[nodiscard]] static bool takes_posts(kind kind) {
        return kind == kind::where || kind == kind::help || kind == kind::practice;
    }

    // The page as everybody gets it, of each kind: of the guide and the day of that frame.
    using blank = std::array<http::response, kinds>;
    [[nodiscard]] blank blank_pages(frame frame) const;
    // A post; of practice only that for its cases.
    [[nodiscard]] http::response answer(kind kind, http::request request, const frame& frame) const;

  private:
    // What one answer is made from.
    struct moment {
        std::shared_ptr<const guide::handbook> handbook;
        std::shared_ptr<const guide::gemeenten> gemeenten;
        std::shared_ptr<const trust::snapshot> trust;  // null before the first directory
        protocol::day today;
    };
    [[nodiscard]] moment look() const;
    [[nodiscard]] place place_in(const answers& given, const moment& at, bool spots) const;

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
    [[nodiscard]] http::response statement(sheet sheet, const frame& frame) const;

    parts parts_;
    const book& book_;
};

}  // namespace pages
