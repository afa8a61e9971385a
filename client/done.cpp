#include "client/done.hpp"

#include <string>

#include "client/print.hpp"

namespace desk {

client::result<void> say_done(bool json, protocol::json::object object, std::string_view text) {
    std::string line;
    if (json) {
        object["tekst"] = escaped(text);
        line = escaped(protocol::to_text(object)) + "\n";
    }
    if (!print(json ? std::string_view(line) : text))
        return client::refuse("It is done, but standard output is closed or full.");
    return {};
}

protocol::json::object stand_object(const protocol::stand& stand) {
    return {{"versie", stand.versie}, {"tot", stand.tot.text()}};
}

protocol::json::array weeks_array(std::span<const protocol::epoch> weeks) {
    protocol::json::array out;
    for (const auto& week : weeks) out.push_back(protocol::json::string(week.text()));
    return out;
}

}  // namespace desk
