namespace Plura.Messaging;

/// <summary>A number as carriers write it: <c>+14155550123</c>, or a short code of three to eight digits.</summary>
public static class E164
{
    /// <summary>Null where it is neither.</summary>
    public static string? Of(string? number)
    {
        var plain = string.Concat((number ?? "").Where(c => c is not (' ' or '-' or '(' or ')' or '.')));
        var digits = plain.StartsWith('+') ? plain.AsSpan(1) : plain;
        if (digits.Length == 0 || digits[0] == '0' || digits.ContainsAnyExceptInRange('0', '9'))
            return null;
        return plain[0] == '+' ? (digits.Length is >= 7 and <= 15 ? plain : null) : digits.Length is >= 3 and <= 8 ? plain : null;
    }
}
