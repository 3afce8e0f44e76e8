using System.Text.RegularExpressions;

namespace Plura.Violations;

public static partial class Expressions
{
    [GeneratedRegex("^a+$", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    public static partial Regex Clocked();

    [GeneratedRegex("^a+$")]
    public static partial Regex Free();
}
