namespace Plura.Messaging;

/// <summary>The working links of one send.</summary>
public sealed class SendUrls(PublicLinks links, Guid tenantId, Guid sendId) : ILetterUrls
{
    private string? unsubscribe;
    private string? preferences;

    public string Unsubscribe => unsubscribe ??= links.Url(LinkKind.Unsubscribe, tenantId, sendId);

    public string Preferences => preferences ??= links.Url(LinkKind.Preferences, tenantId, sendId);

    public string Open => links.Url(LinkKind.Open, tenantId, sendId);

    public string Link(int number) => links.Url(LinkKind.Click, tenantId, sendId, number);
}

/// <summary>Links of a letter that is only looked at: nothing they point to works.</summary>
public sealed class PreviewUrls(IReadOnlyList<string> targets) : ILetterUrls
{
    public string Unsubscribe => "#unsubscribe";

    public string Preferences => "#preferences";

    public string Open => "#";

    public string Link(int number) => number < targets.Count ? targets[number] : "#";
}
