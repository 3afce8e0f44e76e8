using System.Text;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>The frame of all answers in web chats: they are what somebody asked for, and owe no postal address and no way to unsubscribe.</summary>
public sealed class CompiledChat : ICompiledMessage
{
    public string Channel => Channels.Chat;

    public string Topic => Topics.All;

    public string Category => Categories.Transactional;

    public bool HasPostalAddress => true;

    public bool HasUnsubscribe => true;

    /// <summary>The envelope names the answer and the visitor's session.</summary>
    public ComposedMessage Compose(SendToWrite send) =>
        new(send.SendId, send.MessageId, (string)send.Recipient.Fields[ChatRecipients.Line]!, send.Recipient.Address, Encoding.UTF8.GetBytes((string)send.Recipient.Fields[ChatRecipients.Text]!));
}
