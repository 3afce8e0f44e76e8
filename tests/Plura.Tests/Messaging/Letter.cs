using Microsoft.Extensions.Configuration;
using Plura.Contacts.Contracts;
using Plura.Messaging;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Tests.Messaging;

/// <summary>Letters for the tests that need no database.</summary>
internal static class Letter
{
    public static readonly Guid Tenant = new("01900000-0000-7000-8000-000000000001");
    public static readonly Guid Content = new("01900000-0000-7000-8000-000000000002");
    public static readonly Guid Send = new("01900000-0000-7000-8000-000000000003");
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(2));
    public static readonly MergeAccount Account = new("Bright Smile", "Dr. Müller", "1 High Street, London");

    public static MergeScope Scope(Dictionary<string, object?> contact) => new(contact, Account, new PreviewUrls([]));

    public static LetterContent Of(string html, string subject = "Hello", string? preview = null, string category = Categories.Marketing) =>
        new() { Subject = subject, Preview = preview, Html = html, FromName = "Dr. Müller", FromEmail = "hello@bright.example", ReplyTo = "desk@bright.example", Category = category };

    public static CompiledLetter Compile(LetterContent content, IConfiguration? settings = null, DataFolder? folder = null)
    {
        folder ??= Folder();
        settings ??= Settings();
        var links = new PublicLinks(new KeyFiles(folder), settings);
        var targets = LetterSource.Targets(content, links.PublicUrl).Select((url, number) => (url, number)).ToDictionary(t => t.url, t => t.number, StringComparer.Ordinal);
        return new CompiledLetter(content, LetterSource.Of(content, Account, links.PublicUrl, targets), targets.Count, Account, Tenant, Content, null, links, new DkimKeys(settings, folder).Own);
    }

    public static SendToWrite To(string address = "ann@example.com", params (string Name, object? Value)[] fields) =>
        new(Send, $"{Send:N}@bright.example", Guid.Empty, new Recipient(Guid.Empty, Guid.Empty, address, Guid.Empty, false, fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal)), Monday);

    public static IConfiguration Settings(params (string Name, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Plura:PublicUrl", "https://mail.bright.example/"), .. values.Select(v => new KeyValuePair<string, string?>(v.Name, v.Value))]).Build();

    public static DataFolder Folder() => new(Path.Combine(Path.GetTempPath(), "plura-letter-tests"));
}
