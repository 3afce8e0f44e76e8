namespace Plura.Violations;

public sealed class Marker
{
    /// <summary>A vendor's type, so that the compiler keeps the reference.</summary>
    public static MailKit.Net.Smtp.SmtpClient Vendor() => new();
}

public sealed class Sealed
{
    private Sealed()
    {
    }

    public static Sealed Make() => new();
}

public static class FirstCaller
{
    public static Sealed Call() => Sealed.Make();
}

public static class SecondCaller
{
    public static async Task<Sealed> Call()
    {
        await Task.Yield();
        return Sealed.Make();
    }
}
