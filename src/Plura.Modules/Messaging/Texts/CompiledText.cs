using System.Text;
using System.Text.RegularExpressions;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>A text message ready to be written for anyone. Marketing always says who writes and how to end it.</summary>
public sealed partial class CompiledText : ICompiledMessage
{
    private readonly TextContent content;
    private readonly MergeAccount account;
    private readonly string from;
    private readonly SendingNumber? sender;
    private readonly string accountZone;
    private readonly Guid tenantId;
    private readonly PublicLinks links;
    private readonly MergeTemplate template;

    /// <param name="content">What was written.</param>
    /// <param name="from">The number that it leaves from; empty for none.</param>
    /// <param name="sender">How the carriers know that number; null where the account has none.</param>
    /// <param name="account">Who sends it.</param>
    /// <param name="accountZone">Where the account is: where a reader is of whom nothing else says it.</param>
    /// <param name="tenantId">The account.</param>
    /// <param name="links">Make the addresses of files that go along.</param>
    public CompiledText(TextContent content, string from, SendingNumber? sender, MergeAccount account, string accountZone, Guid tenantId, PublicLinks links)
    {
        (this.content, this.from, this.sender, this.account, this.accountZone, this.tenantId, this.links) = (content, from, sender, account, accountZone, tenantId, links);
        template = MergeTemplate.Parse(Whole(content, account), html: false, lines: true);
    }

    public string Channel => Channels.Sms;

    /// <summary>The number that it leaves from; empty for none.</summary>
    public string From => from;

    public string Topic => content.Topic;

    public string Category => content.Category;

    public PaceOfNumber? Pace { get; init; }

    /// <summary>A text owes its reader none.</summary>
    public bool HasPostalAddress => true;

    public bool HasUnsubscribe => true;

    public ComposedMessage Compose(SendToWrite send)
    {
        var text = template.Render(new MergeScope(send.Recipient.Fields, account, new PreviewUrls([]))).Trim();
        if (text.Length == 0)
            throw new TemplateException("Nothing is left of the message for this person: its fields are empty.");
        if (text.Length > TextContent.Longest)
            throw new TemplateException("The message becomes too long.");
        return new ComposedMessage(send.SendId, send.MessageId, from, send.Recipient.Address, Encoding.UTF8.GetBytes(text))
        {
            Files = [.. send.Recipient.Files.Select((_, number) => links.Url(LinkKind.File, tenantId, send.SendId, number))],
        };
    }

    public GateQuestion Ask(GateQuestion question, Recipient? recipient)
    {
        if (recipient is null)
            return question with { Sender = sender };
        var places = PlausiblePlaces.Of(recipient.Address, recipient.Lives, accountZone);
        return question with { Sender = sender, Country = places.Country, Zones = places.Zones, Regions = places.Regions };
    }

    /// <summary>What is written, and in marketing what the law and the carriers ask for besides.</summary>
    private static string Whole(TextContent content, MergeAccount account)
    {
        if (content.Category != Categories.Marketing)
            return content.Text;
        var named = content.Text.Contains("account.name", StringComparison.Ordinal) || (account.Name.Length > 0 && content.Text.Contains(account.Name, StringComparison.OrdinalIgnoreCase));
        var ends = Stop().IsMatch(content.Text);
        return $"{(named ? "" : "{{ account.name }}: ")}{content.Text.TrimEnd()}{(ends ? "" : "\nReply STOP to opt out.")}";
    }

    /// <summary>It says how to end them: "Reply STOP …", "STOP to end"; not merely that something does not stop.</summary>
    [GeneratedRegex("""(?i:\b(reply|text|txt|send|answer|respond|répond|envoy|envie|envía|escriba|conteste)\w*)\b[^.!?\n]{0,24}\bSTOP\b|(?<!(?i:n['’]t|not|never|cannot)\s)\bSTOP["”’'»]?\s*(=|(?i:to|para|pour)\b)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Stop();
}
