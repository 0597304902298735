"""Run every benchmark and print its figures. Loads are bounded in count; everything stays on loopback."""

from benchmarks import bridge, certification, console, fuzzing, node_bridge, peers, requests_cost, serving


def main() -> None:
    for part in (requests_cost, peers, bridge, node_bridge, certification, fuzzing, serving, console):
        print(f"\n{(part.__doc__ or '').strip().splitlines()[0]}")
        for name, figure in part.measure().items():
            print(f"  {name:<62} {figure}")


if __name__ == "__main__":
    main()
