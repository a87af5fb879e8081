import { type ArgumentMetadata, BadRequestException, Injectable, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

/**
 * Validates a query against its class, independently of the application's own pipes. An empty parameter counts as not given.
 *
 * @throws BadRequestException with messages that each name a parameter and the accepted form
 */
@Injectable()
export class QueryValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      stopAtFirstError: true,
      exceptionFactory: (errors) =>
        new BadRequestException(errors.flatMap(({ constraints = {} }) => Object.values(constraints))),
    });
  }

  override async transform(query: object, metadata: ArgumentMetadata): Promise<unknown> {
    // The whitelist of ValidationPipe would accept parameters named after a member of the class, such as toRequest.
    const known = parametersOf(metadata.metatype!);
    const unknown = Object.keys(query).filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      const messages = unknown.map((name) => `${name} is not a parameter here; the parameters are ${known.join(', ')}`);
      throw new BadRequestException(messages);
    }
    const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
    return super.transform(given, metadata) as Promise<unknown>;
  }
}

function parametersOf(query: NonNullable<ArgumentMetadata['metatype']>): string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(query, '', false, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))];
}
