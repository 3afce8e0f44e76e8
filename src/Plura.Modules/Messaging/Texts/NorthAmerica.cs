using System.Collections.Frozen;

namespace Plura.Messaging;

/// <summary>States of the USA and provinces of Canada with their time zones: both countries are wide, and some states have hours of their own for marketing.</summary>
public static class NorthAmerica
{
    private const string Places = """
        US AL Alabama Chicago|US AK Alaska Anchorage,Adak|US AZ Arizona Phoenix,Denver|US AR Arkansas Chicago|US CA California Los_Angeles|US CO Colorado Denver
        US CT Connecticut New_York|US DE Delaware New_York|US DC Washington_D.C. New_York|US FL Florida New_York,Chicago|US GA Georgia New_York
        US HI Hawaii Pacific/Honolulu|US ID Idaho Boise,Los_Angeles|US IL Illinois Chicago|US IN Indiana Indiana/Indianapolis,Chicago|US IA Iowa Chicago
        US KS Kansas Chicago,Denver|US KY Kentucky New_York,Chicago|US LA Louisiana Chicago|US ME Maine New_York|US MD Maryland New_York|US MA Massachusetts New_York
        US MI Michigan Detroit,Chicago|US MN Minnesota Chicago|US MS Mississippi Chicago|US MO Missouri Chicago|US MT Montana Denver|US NE Nebraska Chicago,Denver
        US NV Nevada Los_Angeles,Denver|US NH New_Hampshire New_York|US NJ New_Jersey New_York|US NM New_Mexico Denver|US NY New_York New_York
        US NC North_Carolina New_York|US ND North_Dakota Chicago,Denver|US OH Ohio New_York|US OK Oklahoma Chicago|US OR Oregon Los_Angeles,Boise
        US PA Pennsylvania New_York|US RI Rhode_Island New_York|US SC South_Carolina New_York|US SD South_Dakota Chicago,Denver|US TN Tennessee New_York,Chicago
        US TX Texas Chicago,Denver|US UT Utah Denver|US VT Vermont New_York|US VA Virginia New_York|US WA Washington Los_Angeles|US WV West_Virginia New_York
        US WI Wisconsin Chicago|US WY Wyoming Denver
        CA AB Alberta Edmonton|CA BC British_Columbia Vancouver,Edmonton|CA MB Manitoba Winnipeg|CA NB New_Brunswick Moncton|CA NL Newfoundland_and_Labrador St_Johns,Goose_Bay
        CA NS Nova_Scotia Halifax|CA NT Northwest_Territories Edmonton|CA NU Nunavut Iqaluit,Winnipeg,Edmonton|CA ON Ontario Toronto,Winnipeg
        CA PE Prince_Edward_Island Halifax|CA QC Quebec Toronto,Halifax|CA SK Saskatchewan Regina,Edmonton|CA YT Yukon Whitehorse
        """;

    private static readonly (string Country, string Code, string Name, string[] Zones)[] All =
    [
        .. Places.Split(['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .Select(p => (p[0], p[1], p[2].Replace('_', ' '), p[3].Split(',').Select(z => z.StartsWith("Pacific/", StringComparison.Ordinal) ? z : "America/" + z).ToArray())),
    ];

    private static readonly FrozenDictionary<(string, string), string[]> ByCode = All.ToFrozenDictionary(p => (p.Country, p.Code), p => p.Zones);

    private static readonly FrozenDictionary<(string, string), string> ByName = All.ToFrozenDictionary(p => (p.Country, p.Name.ToUpperInvariant()), p => p.Code);

    /// <summary>Of a state's code or name, or of a place like "San Francisco, CA"; null where none is meant.</summary>
    public static string? Code(string country, string place)
    {
        var last = place[(place.LastIndexOf(',') + 1)..].Trim().ToUpperInvariant();
        if (last.EndsWith(" STATE", StringComparison.Ordinal))
            last = last[..^" STATE".Length];
        if (last is "WASHINGTON DC" or "D.C." or "DISTRICT OF COLUMBIA")
            last = "DC";
        return ByCode.ContainsKey((country, last)) ? last : ByName.GetValueOrDefault((country, last));
    }

    /// <summary>Null where the code is none of theirs.</summary>
    public static IReadOnlyList<string>? Zones(string country, string code) => ByCode.GetValueOrDefault((country, code));
}
