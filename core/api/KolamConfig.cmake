# find_package(Kolam) makes the target Kolam::Kolam: libkolam, for C and for C++23.
include("${CMAKE_CURRENT_LIST_DIR}/KolamTargets.cmake")
