/** What Redis answers with. */
export type Reply = string | number | null | Error | Reply[];

interface Read {
  reply: Reply;
  /** Where the next answer begins. */
  end: number;
}

/** Reads one answer of the Redis protocol (RESP2) at a place; null while it has not come in whole. */
export function readReply(bytes: Buffer, at: number): Read | null {
  const line = bytes.indexOf('\r\n', at);
  if (line === -1) return null;
  const text = bytes.toString('utf8', at + 1, line);
  const end = line + 2;
  switch (String.fromCharCode(bytes[at] ?? 0)) {
    case '+':
      return { reply: text, end };
    case '-':
      return { reply: new Error(text), end };
    case ':':
      return { reply: Number(text), end };
    case '$':
      return readText(bytes, Number(text), end);
    case '*':
      return readList(bytes, Number(text), end);
    default:
      return { reply: new Error('Redis said something that is not its protocol'), end };
  }
}

function readText(bytes: Buffer, length: number, start: number): Read | null {
  if (length < 0) return { reply: null, end: start };
  const end = start + length + 2;
  return bytes.length < end ? null : { reply: bytes.toString('utf8', start, end - 2), end };
}

function readList(bytes: Buffer, length: number, start: number): Read | null {
  const reply: Reply[] = [];
  let end = start;
  for (let index = 0; index < length; index += 1) {
    const item = readReply(bytes, end);
    if (!item) return null;
    reply.push(item.reply);
    end = item.end;
  }
  return { reply, end };
}
