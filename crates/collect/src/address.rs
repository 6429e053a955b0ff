//! Which addresses may be asked: web addresses of the public internet, unless configured otherwise.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// No page needs a longer address, and what a page links to relatively is as long.
const LONGEST: usize = 4 << 10;

/// Whether an address belongs to a machine, a local network or a special purpose rather than to the public
/// internet (IANA special-purpose registries, RFC 6890).
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_private_v4(v4),
        IpAddr::V6(v6) => is_private_v6(v6),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 198 && (b == 18 || b == 19 || (b == 51 && c == 100)))
        || (a == 203 && b == 0 && c == 113)
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    if let Some(v4) = address.to_ipv4() {
        return is_private_v4(v4);
    }
    let segments = address.segments();
    let first = segments[0];
    // Mapped prefixes carry an IPv4 address that decides: NAT64 (64:ff9b::/96) and 6to4 (2002::/16). NAT64 of a
    // network's own (64:ff9b:1::/48, RFC 8215) is that network's business.
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match first {
        0x64 if segments[1] == 0xff9b => {
            segments[2..6].iter().any(|s| *s != 0) || embedded(segments[6], segments[7])
        }
        0x2002 => embedded(segments[1], segments[2]),
        0x2001 => segments[1] == 0x0db8 || segments[1] == 0,
        _ => {
            (first & 0xfe00) == 0xfc00
                || (first & 0xffc0) == 0xfe80
                || (first & 0xffc0) == 0xfec0
                || (first & 0xff00) == 0xff00
                || first == 0x100
        }
    }
}

/// Why an address may not be asked, in words; `None` if it may. Names are checked when they are resolved.
pub fn refusal(url: &Url, allow_private: bool) -> Option<String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Some(format!("{}: addresses are not asked, only http: and https:", url.scheme()));
    }
    if url.as_str().len() > LONGEST {
        return Some(format!("it is longer than {LONGEST} bytes"));
    }
    let literal = match url.host() {
        None => return Some("it has no host".to_owned()),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let local = name == "localhost" || name.ends_with(".localhost") || name.ends_with(".local");
            return (local && !allow_private).then(|| format!("{name} is a name of this machine or network"));
        }
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
    };
    let refused = is_private(literal) && !allow_private;
    refused.then(|| format!("{literal} is a private address; `allow_private = true` under [collect.fetch] of headwater.toml permits it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "fec0::1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "64:ff9b:1:a00:1::808:808",
            "2002:7f00:1::",
            "224.0.0.1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808"] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn refusals() {
        let refused = |url: &str| refusal(&Url::parse(url).unwrap(), false).is_some();
        assert!(
            refused("file:///etc/passwd") && refused("ftp://a.example/") && refused("http://localhost:80/")
        );
        assert!(refused("http://127.1/") && refused("http://[::1]/") && refused("http://0x7f000001/"));
        assert!(!refused("https://a.example/"));
        assert!(refused(&format!("https://a.example/{}", "long/".repeat(1_000))));
        assert!(refusal(&Url::parse("http://127.0.0.1/").unwrap(), true).is_none());
    }
}
