// Where the sources stand that tests read. One object alone knows it, so that every other is the same in each
// checkout, and a compiler's cache finds it again.
#pragma once

namespace checkout {

extern const char* const schema;   // schema/, absolute
extern const char* const vectors;  // tests/vectors/vectors.json, absolute

}  // namespace checkout
