using System.ComponentModel.DataAnnotations;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Privacy.Contracts;

namespace Plura.Campaigns;

/// <summary>What a campaign says and to whom: everything that may change until it is sent. A draft may be as unfinished as it likes.</summary>
public abstract record CampaignDraft
{
    [StringLength(120, ErrorMessage = "Keep the name under 120 characters.")]
    public string? Name { get; set; }

    [StringLength(250, ErrorMessage = "Keep the subject under 250 characters; phones show about 40.")]
    public string? Subject { get; set; }

    /// <summary>The line that inboxes show behind the subject.</summary>
    [StringLength(250, ErrorMessage = "Keep the preview text under 250 characters; inboxes show about 90.")]
    public string? Preview { get; set; }

    [StringLength(1_000_000, ErrorMessage = "This letter is longer than a million characters. Most inboxes cut letters off long before that.")]
    public string? Html { get; set; }

    [StringLength(120, ErrorMessage = "Keep the sender's name under 120 characters.")]
    public string? FromName { get; set; }

    [EmailAddress(ErrorMessage = "The sender's address is not an e-mail address. It looks like hello@your-business.com.")]
    [StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
    public string? FromEmail { get; set; }

    [EmailAddress(ErrorMessage = "The address for replies is not an e-mail address. Leave it empty to get replies at the sender's address.")]
    [StringLength(254, ErrorMessage = "An e-mail address has at most 254 characters.")]
    public string? ReplyTo { get; set; }

    [StringLength(60, ErrorMessage = "Keep the topic under 60 characters.")]
    public string? Topic { get; set; }

    public Audience Audience { get; set; } = new();

    /// <summary>At most so many messages a minute; null for as fast as the mail server takes them.</summary>
    [Range(1, 100_000, ErrorMessage = "The limit per minute is a number from 1 to 100,000. Leave it empty for no limit.")]
    public int? RatePerMinute { get; set; }

    /// <summary>The same as a letter; what is not written yet is empty.</summary>
    public LetterContent Letter() => new()
    {
        Subject = Subject ?? "",
        Preview = Preview,
        Html = Html ?? "",
        FromName = FromName ?? "",
        FromEmail = FromEmail ?? "",
        ReplyTo = ReplyTo,
        Topic = Topic ?? Topics.All,
    };
}
