#include "server/pages/place_list.hpp"

#include "server/http/json_string.hpp"

namespace pages {
namespace {

// Municipalities change once a year, on a known day.
constexpr std::string_view for_an_hour = "public, max-age=3600";

std::string list_of(const guide::gemeenten& gemeenten) {
    std::string out;
    for (const auto name : gemeenten.names()) {
        out += out.empty() ? '[' : ',';
        http::append_json_string(out, name);
    }
    return out.empty() ? "[]" : out + "]";
}

}  // namespace

place_list::place_list(const async::held<guide::gemeenten>& gemeenten)
    : gemeenten_(gemeenten), made_(make(gemeenten.get())) {}

std::shared_ptr<const place_list::made> place_list::make(std::shared_ptr<const guide::gemeenten> of) {
    tagged bytes("application/json", for_an_hour, list_of(*of));
    return std::make_shared<const made>(made{std::move(of), std::move(bytes)});
}

http::response place_list::answer(const http::head& head) const {
    auto now = made_.get();
    if (auto in_force = gemeenten_.get(); now->of != in_force) {
        now = make(std::move(in_force));
        made_.set(now);
    }
    return now->bytes.answer(head);
}

}  // namespace pages
