using Microsoft.AspNetCore.Http;
using Plura.Privacy.Contracts;
using Plura.Sites.Data;

namespace Plura.Sites;

/// <summary>The builder's fields: from a form that stands, for the first one, and as they are posted.</summary>
public static class FormWords
{
    public static BuildForm First(string business) => new()
    {
        Name = "Newsletter",
        Title = $"Hear from {business}",
        Intro = "News and offers, about once a month.",
        Fields = [new FormField("first_name", "First name", false), new FormField("email", "E-mail address", true)],
        EmailWording = $"Yes, {business} may send me news and offers by e-mail. I can stop this at any time.",
    };

    public static BuildForm Of(Form form) => new()
    {
        Id = form.Id,
        Version = form.Version,
        Name = form.Name,
        Title = form.Title,
        Intro = form.Intro,
        Button = form.Button,
        ThankYou = form.ThankYou,
        Fields = form.Fields,
        Tags = form.Tags,
        EmailWording = form.Consents.FirstOrDefault(c => c.Channel == Channels.Email)?.Wording,
        EmailTopic = form.Consents.FirstOrDefault(c => c.Channel == Channels.Email)?.Topic is { } topic && topic != Topics.All ? topic : null,
        SmsWording = form.Consents.FirstOrDefault(c => c.Channel == Channels.Sms)?.Wording,
        DoubleOptIn = form.DoubleOptIn,
    };

    public static BuildForm Read(Guid? id, IFormCollection posted, IEnumerable<string> offered)
    {
        var asked = posted["ask"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var needed = posted["need"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new BuildForm
        {
            Id = id,
            Version = int.TryParse(posted["Version"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0,
            Name = posted["Name"].ToString(),
            Title = posted["Title"].ToString(),
            Intro = posted["Intro"],
            Button = posted["Button"].ToString(),
            ThankYou = posted["ThankYou"].ToString(),
            Fields = [.. offered.Where(asked.Contains).Select(path => new FormField(path, posted["label:" + path].ToString() is { Length: > 0 } label ? label.Trim() : path, needed.Contains(path)))],
            Tags = [.. posted["Tags"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)],
            EmailWording = posted["EmailWording"],
            EmailTopic = posted["EmailTopic"],
            SmsWording = posted["SmsWording"],
            DoubleOptIn = posted["DoubleOptIn"] == "true",
        };
    }
}
