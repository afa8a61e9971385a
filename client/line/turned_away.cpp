#include "client/line/turned_away.hpp"

#include <fmt/format.h>

#include "client/line/problem.hpp"

namespace client {

bool is_other_time(const answer& answer) { return answer.status == 401 && read_problem(answer).has("klok"); }

std::string told_other_time(std::int64_t now, std::string_view shown) {
    constexpr std::int64_t seconds_a_day = 86400;
    const auto of_day = now % seconds_a_day;
    auto out = fmt::format(
        "this machine's clock may be wrong: it says {} {:02}:{:02}:{:02} UTC; set it and run the same "
        "command "
        "again",
        protocol::day::of(now).text(), of_day / 3600, of_day / 60 % 60, of_day % 60);
    if (!shown.empty()) out += fmt::format(" (the server says: {})", shown);
    return out;
}

std::string why_not_believed(const published& published, std::string_view desk, bool lead,
                             protocol::day today) {
    if (!published.directory.newest().desk(desk))
        return fmt::format("the directory has no desk {}; correct --loket, or ask the administrator", desk);
    if (lead)
        return "the directory may not name this lead key any more; ask the administrator which it names";
    const auto* state = published.directory.desk(desk);
    if (!state)
        return fmt::format(
            "desk {} has no standing that a lead of the directory signed, so nobody is a member of it to the "
            "server; a lead makes one: baken desk enrol FILE.pub",
            desk);
    if (!state->in_force(today))
        return fmt::format("the standing of desk {} ran out on {}; a lead renews it: baken desk keys", desk,
                           state->stand->tot.text());
    return "the server does not accept this key; the membership may have ended: ask a lead of the desk, who "
           "sees that with baken desk status";
}

}  // namespace client
