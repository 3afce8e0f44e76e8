namespace Plura.Accounts;

/// <summary>Whether a password may be chosen: everything that sets one asks here, once.</summary>
public sealed class Passwords(IEnumerable<IBreachedPasswords> breached)
{
    /// <summary>How to find one. What it says is itself refused: many copy an example.</summary>
    public const string Advice = "Several words that have nothing to do with one another are easy to remember.";

    /// <summary>Stands beside every field for a new one.</summary>
    public const string Hint = "At least 15 characters. " + Advice;

    /// <summary>A sentence about the password's weakness, or null.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="ct">Ends the look at the breached list.</param>
    /// <param name="known">What others know of the person: name, address, business.</param>
    public async Task<string?> Check(string password, CancellationToken ct, params string[] known)
    {
        if (Weakness(password, known) is { } weak)
            return weak;
        if (CommonPasswords.LittleMoreThanOne(password))
            return "Many people use this password or one close to it, so it is among the first that are tried. Choose another. " + Advice;
        foreach (var list in breached)
        {
            if (await list.Look(password, ct) == Breach.Found)
                return "This password has become known in a break-in somewhere else, so it is among the first that are tried. Choose one that you use nowhere else.";
        }

        return null;
    }

    /// <summary>What makes a long password weak by its shape alone.</summary>
    private static string? Weakness(string password, params string[] known)
    {
        if (password.Distinct().Count() < 5)
            return "This password repeats a few characters. Choose a less regular one.";
        if (Letters(password) is { Length: >= 8 } letters && Letters(Hint).Contains(letters, StringComparison.Ordinal))
            return "This is what our own hint says, so others try it too. Choose words of your own.";
        if (IsRun(password))
            return "This password counts up or down. Choose a less regular one.";
        foreach (var text in known.Where(k => k.Length >= 4))
        {
            var rest = password.Replace(text, "", StringComparison.OrdinalIgnoreCase);
            if (rest.Length < password.Length && rest.Length < 8)
                return "This password is little more than your name, business or address. Choose another.";
        }

        return null;
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static bool IsRun(string password)
    {
        var steps = 0;
        for (var i = 1; i < password.Length; i++)
        {
            if (Math.Abs(password[i] - password[i - 1]) == 1)
                steps++;
        }

        return steps > password.Length * 3 / 4;
    }
}
