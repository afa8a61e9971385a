// Any text as bezetting.json: it is refused with sentences, or at every minute somebody is at every desk, or
// comes at a minute at which somebody then is; and an answer falls on a day.
#include "server/guide/staffing.hpp"

#include <cstring>

#include "crypto/bytes.hpp"
#include "server/guide/dutch_time.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/unit/client/scratch.hpp"

namespace {

using guide::local_time;

std::int64_t unix_of(const local_time& local) {
    const auto days = std::chrono::sys_days(local.day).time_since_epoch().count();
    const std::int64_t wall = std::int64_t{days} * 86400 + local.hour * 3600 + local.minute * 60;
    for (const int offset : {2, 1})
        if (guide::in_the_netherlands(wall - offset * 3600) == local) return wall - offset * 3600;
    must(false);  // a minute that the clock on the wall never shows
    return 0;
}

bool before(const local_time& one, const local_time& other) {
    return std::tuple(one.day, one.hour, one.minute) < std::tuple(other.day, other.hour, other.minute);
}

void judge(const guide::staffing& staffing, std::string_view desk, std::int64_t now) {
    const auto here = guide::in_the_netherlands(now);
    const auto presence = staffing.at(desk, now);
    must(presence.staffed != presence.from.has_value() && (presence.staffed || !presence.until));
    must(presence.answer.ok() && presence.answer >= here.day);
    if (presence.from) {
        must(before(here, *presence.from) && staffing.at(desk, unix_of(*presence.from)).staffed);
        must(presence.answer >= presence.from->day);
    }
    if (presence.until)
        must(before(here, *presence.until) && !staffing.at(desk, unix_of(*presence.until)).staffed);
}

void take(const std::string& text, std::int64_t now) {
    static const scratch schema;
    schema.write("bezetting.json", text);
    const auto read = guide::staffing::load(schema.path);
    if (!read) {
        must(!read.error().empty());
        for (const auto& fault : read.error())
            for (const char c : guide::text(fault)) must(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
        return;
    }
    judge(*read, "", now);
    for (const auto& desk : read->named()) judge(*read, desk, now);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 4) return 0;
    std::uint32_t minute = 0;
    std::memcpy(&minute, data, sizeof minute);
    const auto now = 1700000000 + std::int64_t{minute % (60U * 24 * 365 * 30)} * 60;  // 2023 to 2053
    const std::string text(reinterpret_cast<const char*>(data + 4), size - 4);
    take(text, now);
    // The way past the outer object: one span's members, and one desk's.
    take(R"({"versie":1,"loketten":{},"standaard":{"feestdagen":false,"antwoordWerkdagen":2,"tijden":[{)" +
             text + "}]}}",
         now);
    take(
        R"({"versie":1,"loketten":{"a":{)" + text +
            R"(}},"standaard":{"feestdagen":true,"antwoordWerkdagen":0,"tijden":[{"dagen":[7],"van":"02:00","tot":"03:00"}]}})",
        now);
    return 0;
}
